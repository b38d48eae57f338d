import { headerLines, headerOf, type PageFacts } from './page-facts.ts'
import type { ResultOf } from './results.ts'

/** Six months would be 15,768,000; many sites round them to 180 days. */
const SIX_MONTHS = 15_552_000

/** RFC 6797, 6.1; of a directive twice the last one counts here. */
export function strictTransportSecurity(page: PageFacts): ResultOf<'strict-transport-security'> {
  if (!page.secure) return 'hsts-not-implemented-no-https'
  const lines = headerLines(page, 'strict-transport-security')
  if (lines.length === 0) return 'hsts-not-implemented'
  const header = lines.join(', ').slice(0, 1024)
  if (header.includes(',')) return 'hsts-header-invalid'
  const ages = header.split(';').flatMap((part) => /^\s*max-age=(.*)$/i.exec(part)?.[1] ?? [])
  const age = /^\s*"?(\d{1,15})"?\s*$/.exec(ages.at(-1) ?? '')?.[1]
  if (age === undefined) return 'hsts-header-invalid'
  return Number(age) < SIX_MONTHS
    ? 'hsts-implemented-max-age-less-than-six-months'
    : 'hsts-implemented-max-age-at-least-six-months'
}

export function frameOptions(page: PageFacts, framed: boolean): ResultOf<'x-frame-options'> {
  if (framed) return 'x-frame-options-implemented-via-csp'
  const header = headerOf(page, 'x-frame-options')
  if (header === null) return 'x-frame-options-not-implemented'
  const said = header.slice(0, 1024).trim().toLowerCase()
  if (said === 'deny' || said === 'sameorigin') return 'x-frame-options-sameorigin-or-deny'
  return said.startsWith('allow-from')
    ? 'x-frame-options-allow-from-origin'
    : 'x-frame-options-header-invalid'
}

export function contentTypeOptions(page: PageFacts): ResultOf<'x-content-type-options'> {
  const header = headerOf(page, 'x-content-type-options')
  if (header === null) return 'x-content-type-options-not-implemented'
  return header.slice(0, 256).trim().toLowerCase() === 'nosniff'
    ? 'x-content-type-options-nosniff'
    : 'x-content-type-options-header-invalid'
}

const PRIVATE = ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin']
const UNSAFE = ['origin', 'origin-when-cross-origin', 'unsafe-url', 'no-referrer-when-downgrade']

/** The last word that is known counts, the page's own after the header's. */
export function referrerPolicy(page: PageFacts): ResultOf<'referrer-policy'> {
  const { referrer } = page.meta
  const said = [...headerLines(page, 'referrer-policy'), ...(referrer === null ? [] : [referrer])]
  if (said.length === 0) return 'referrer-policy-not-implemented'
  const words = said
    .join(',')
    .split(',')
    .map((word) => word.trim().toLowerCase())
  const last = words.findLast((word) => PRIVATE.includes(word) || UNSAFE.includes(word))
  if (last === undefined) return 'referrer-policy-header-invalid'
  return PRIVATE.includes(last) ? 'referrer-policy-private' : 'referrer-policy-unsafe'
}

export function resourcePolicy(page: PageFacts): ResultOf<'cross-origin-resource-policy'> {
  const said = headerOf(page, 'cross-origin-resource-policy')?.slice(0, 256).trim().toLowerCase() ?? ''
  if (said === '') return 'corp-not-implemented'
  if (said === 'same-site' || said === 'same-origin' || said === 'cross-origin')
    return `corp-implemented-with-${said}`
  return 'corp-header-invalid'
}

/**
 * Asked with an origin of our own: who gives it back and allows credentials lets every site read as the visitor. Null when it
 * could not be asked.
 */
export function resourceSharing({ cors }: PageFacts): ResultOf<'cross-origin-resource-sharing'> | null {
  if (cors === null) return null
  if (!cors.allowOrigin) return 'cross-origin-resource-sharing-not-implemented'
  const { allowOrigin, allowCredentials, origin } = cors
  if (allowOrigin.slice(0, 256).trim() === '*')
    return 'cross-origin-resource-sharing-implemented-with-public-access'
  return allowOrigin === origin && allowCredentials?.trim().toLowerCase() === 'true'
    ? 'cross-origin-resource-sharing-implemented-with-universal-access'
    : 'cross-origin-resource-sharing-implemented-with-restricted-access'
}

/** Null when it is not known where http leads. */
export function redirection({ plain }: PageFacts): ResultOf<'redirection'> | null {
  if (plain === null) return null
  if (plain === 'none') return 'redirection-not-needed-no-http'
  if (!plain.isTrusted) return 'redirection-invalid-cert'
  const route = plain.route.map((address) => new URL(address))
  const [first, second] = route
  if (first === undefined) return null
  if (second === undefined) return 'redirection-missing'
  if (route.at(-1)?.protocol !== 'https:') return 'redirection-not-to-https'
  if (second.protocol === 'http:') return 'redirection-not-to-https-on-initial-redirection'
  return first.hostname === second.hostname ? 'redirection-to-https' : 'redirection-off-host-from-http'
}
