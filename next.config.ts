import type { NextConfig } from 'next'
import { apiContentSecurityPolicy, securityHeaders } from './lib/server/security-headers.ts'
import { LIMITS } from './lib/shared/limits.ts'

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // Compression would hold back the live stream's lines; a proxy in front compresses better anyway.
  compress: false,
  poweredByHeader: false,
  // Health checks ask for /health/ and take a redirect for a failure.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    'pg',
    'pino',
    'prom-client',
  ],
  // Everything gets the table; pages get their content policy from proxy.ts, which knows the nonce.
  headers: async () => [
    { source: '/:path*', headers: securityHeaders() },
    {
      source: '/api/:path*',
      headers: [{ key: 'Content-Security-Policy', value: apiContentSecurityPolicy }],
    },
    {
      source: '/:path*',
      has: [{ type: 'header', key: 'next-action' }],
      headers: [{ key: 'Content-Security-Policy', value: apiContentSecurityPolicy }],
    },
  ],
  // Its build for browsers asks the document, which the thread that reads checklists has not.
  turbopack: {
    resolveAlias: {
      'decode-named-character-reference': './node_modules/decode-named-character-reference/index.js',
    },
  },
  // A little more than what our pages send, so that it is they who say which limit was met.
  experimental: { serverActions: { bodySizeLimit: LIMITS.actionBytes + 10_000 } },
}

export default config
