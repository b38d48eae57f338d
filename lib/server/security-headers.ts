export type Header = { key: string; value: string }

const permissions = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
]

/** The headers of every answer: pages, API, static files. The content policy is apart, because pages need a nonce. */
export function securityHeaders(): Header[] {
  return [
    { key: 'X-Frame-Options', value: 'DENY' },
    { key: 'X-Content-Type-Options', value: 'nosniff' },
    // Not no-referrer: browsers would then send `Origin: null` with forms, and the door compares the origin.
    { key: 'Referrer-Policy', value: 'same-origin' },
    { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
    { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
    { key: 'Origin-Agent-Cluster', value: '?1' },
    { key: 'X-Permitted-Cross-Domain-Policies', value: 'none' },
    { key: 'X-DNS-Prefetch-Control', value: 'off' },
    {
      key: 'Permissions-Policy',
      value: [
        ...permissions.map((name) => `${name}=()`),
        'publickey-credentials-create=(self)',
        'publickey-credentials-get=(self)',
        'clipboard-write=(self)',
      ].join(', '),
    },
  ]
}

/** Answers that are not pages load nothing, whatever they contain. */
export const apiContentSecurityPolicy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

/**
 * The content policy of a page (CSP Level 3). Scripts run by nonce alone; there are no inline styles in the
 * server's markup, so `style=` needs no exception. In development React needs eval and the overlay needs styles.
 */
export function contentSecurityPolicy({
  nonce,
  development,
  https,
}: {
  nonce: string
  development: boolean
  https: boolean
}): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** Two years, as the preload list asks; only when the public address is https, or a test host would lock itself out. */
export function strictTransport({ publicUrl }: { publicUrl: string | undefined }): Header | null {
  if (!publicUrl?.toLowerCase().startsWith('https://')) return null
  return { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains' }
}
