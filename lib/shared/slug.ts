/** First path segments that are pages of the instance, and last ones that are pages beside a slug: no slug may take them. */
const RESERVED = new Set([
  '_next',
  'about',
  'account',
  'admin',
  'api',
  'assets',
  'audit',
  'docs',
  'favicon.ico',
  'health',
  'help',
  'history',
  'import',
  'insights',
  'invite',
  'login',
  'logout',
  'me',
  'members',
  'metrics',
  'new',
  'open',
  'openapi',
  'privacy',
  'proof',
  'public',
  'record',
  'reset',
  'robots.txt',
  'runs',
  'sample',
  'services',
  'settings',
  'setup',
  'sign',
  'sign-in',
  'sign-out',
  'static',
  'status',
  'support',
  'teams',
  'templates',
  'verify',
  'waiting',
  'wall',
  'well-known',
])

export const SLUG_MAX_LENGTH = 48

/** Lower-case letters and digits of ASCII in words joined by single hyphens, 1 to 48 characters. */
export function isSlug(text: string): boolean {
  return text.length <= SLUG_MAX_LENGTH && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)
}

/** True for a word that an address needs itself, whether a team, a service or a template would be named so. */
export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug.toLowerCase())
}

/**
 * The slug of a name: accents dropped, every other run of foreign characters one hyphen. Empty when the name has no Latin
 * letter or digit: the caller then asks for a slug instead of inventing one.
 */
export function slugify(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX_LENGTH + 1)
    .replace(/^-+/, '')
    .slice(0, SLUG_MAX_LENGTH)
    .replace(/-+$/, '')
}
