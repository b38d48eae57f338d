import type { PageFacts } from './page-facts.ts'
import type { ResultOf } from './results.ts'

type Result = ResultOf<'subresource-integrity'>
type Script = PageFacts['scripts'][number]

const ORDER: readonly Result[] = [
  'sri-implemented-but-external-scripts-not-loaded-securely',
  'sri-not-implemented-but-external-scripts-loaded-securely',
  'sri-not-implemented-and-external-scripts-not-loaded-securely',
]

export function subresourceIntegrity({ isHtml, scripts, host, secure }: PageFacts): Result {
  if (!isHtml) return 'sri-not-implemented-response-not-html'
  if (scripts.length === 0) return 'sri-not-implemented-but-no-scripts-loaded'
  const loaded = scripts.flatMap(({ src, integrity }) =>
    src ? [{ src, integrity, ...placeOf(src, { host, secure }) }] : [],
  )
  const foreign = loaded.filter(({ isNear }) => !isNear)
  const worst = ORDER.findLast((result) => foreign.some((script) => faultOf(script) === result))
  if (worst !== undefined) return worst
  if (loaded.some(({ isNear, integrity, isSecure }) => isNear && integrity && isSecure))
    return 'sri-implemented-and-all-scripts-loaded-securely'
  return foreign.length > 0
    ? 'sri-implemented-and-external-scripts-loaded-securely'
    : 'sri-not-implemented-but-all-scripts-loaded-from-secure-origin'
}

function faultOf({ integrity, isSecure }: Script & { isSecure: boolean }): Result | null {
  if (integrity) return isSecure ? null : 'sri-implemented-but-external-scripts-not-loaded-securely'
  return isSecure
    ? 'sri-not-implemented-but-external-scripts-loaded-securely'
    : 'sri-not-implemented-and-external-scripts-not-loaded-securely'
}

/** A script of the same site is near; one without a scheme of its own (`//cdn.example/x.js`) is neither near nor secure. */
function placeOf(
  src: string,
  { host, secure }: { host: string; secure: boolean },
): { isNear: boolean; isSecure: boolean } {
  if (/^\/\/[^/]/.test(src)) return { isNear: false, isSecure: false }
  if (!/^https?:\/\//i.test(src) || !URL.canParse(src)) return { isNear: true, isSecure: secure }
  const url = new URL(src)
  return { isNear: siteOf(url.hostname) === siteOf(host), isSecure: url.protocol === 'https:' }
}

/**
 * The name that somebody registered, as far as it can be told without the list of public suffixes: two labels, three below a country's
 * own second level (co.uk). An address has no site, nor has a name of one label.
 */
export function siteOf(host: string): string | null {
  if (/^[\d.]+$/.test(host) || host.includes(':')) return null
  const labels = host
    .toLowerCase()
    .split('.')
    .filter((label) => label !== '')
  const [second = '', first = ''] = labels.slice(-2)
  if (labels.length < 2) return null
  const isCountryLevel =
    first.length === 2 && /^(?:ac|co|com|edu|gob|gov|gv|ltd|net|nom|ne|or|org|plc|sch)$/.test(second)
  return labels.slice(isCountryLevel ? -3 : -2).join('.')
}
