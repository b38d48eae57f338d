import { joinedPolicy, type Policy } from './csp-policy.ts'
import type { PageFacts } from './page-facts.ts'
import { headerLines, headerOf } from './page-facts.ts'
import type { ResultOf } from './results.ts'

const BROAD = ['ftp:', 'http:', 'https:', '*', 'http://*', 'http://*.*', 'https://*', 'https://*.*']
const INLINE = ["'unsafe-inline'", 'data:']
const PASSIVE = ['img-src', 'media-src']
const NOT_IN_META = ['frame-ancestors', 'report-uri', 'sandbox']

type Finding = { result: ResultOf<'content-security-policy'>; framed: boolean }

/** `framed`: the policy says who may frame the page. */
export function contentSecurityPolicy(page: PageFacts): Finding {
  const inHead = headerLines(page, 'content-security-policy').flatMap((line) => line.split(','))
  const { csp: inMeta } = page.meta
  const policy = joinedPolicy([...inHead, ...inMeta])
  if (policy === null) return { result: 'csp-header-invalid', framed: false }
  const ofHead = joinedPolicy(inHead)?.sources.size ?? 0
  const ofMeta = [...(joinedPolicy(inMeta)?.sources.keys() ?? [])].filter(
    (name) => !NOT_IN_META.includes(name),
  )
  if (ofHead + ofMeta.length === 0) {
    const reports = headerOf(page, 'content-security-policy-report-only') !== null
    return {
      result: reports ? 'csp-not-implemented-but-reporting-enabled' : 'csp-not-implemented',
      framed: false,
    }
  }
  const result = resultOf(policy, page)
  const isPassed = PASSED.includes(result)
  return {
    result: isPassed && policy.repeatsReporting ? 'csp-implemented-but-duplicate-directives' : result,
    framed: policy.sources.has('frame-ancestors'),
  }
}

const PASSED: readonly string[] = [
  'csp-implemented-with-no-unsafe-default-src-none',
  'csp-implemented-with-no-unsafe',
  'csp-implemented-with-unsafe-inline-in-style-src-only',
  'csp-implemented-with-insecure-scheme-in-passive-content-only',
] satisfies ResultOf<'content-security-policy'>[]

const hasNonceOrHash = (sources: ReadonlySet<string>) =>
  [...sources].some((source) => /^'(?:sha256-|sha384-|sha512-|nonce-)/.test(source))
const isOpen = (source: string) => source.startsWith('http:') || source.startsWith('ftp:')

/**
 * The worst that the sources allow. What falls back to default-src shares its list, as in the Observatory: what a nonce or
 * 'strict-dynamic' takes out of it for scripts is out of it for all.
 */
function resultOf({ sources }: Policy, { secure }: PageFacts): ResultOf<'content-security-policy'> {
  const of = (name: string) => sources.get(name) ?? sources.get('default-src') ?? new Set(['*'])
  const [objects, scripts, styles] = [of('object-src'), of('script-src'), of('style-src')]
  // Nonces and hashes make browsers ignore 'unsafe-inline' (CSP 3, 6.7.3.2).
  for (const list of [scripts, styles]) if (hasNonceOrHash(list)) list.delete("'unsafe-inline'")
  if (scripts.has("'strict-dynamic'")) {
    if (!hasNonceOrHash(scripts)) return 'csp-header-invalid'
    for (const source of scripts)
      if (source === "'self'" || BROAD.some((broad) => source.startsWith(broad))) scripts.delete(source)
  }
  const active = [...sources].flatMap(([name, list]) =>
    PASSIVE.includes(name) || name === 'script-src' ? [] : [...list],
  )
  const passive = PASSIVE.flatMap((name) => [...(sources.get(name) ?? sources.get('default-src') ?? [])])
  const isBroad = (source: string) => BROAD.includes(source)
  const isUnsafe = (source: string) => isBroad(source) || INLINE.includes(source)
  if ([...scripts].some(isUnsafe) || [...objects].some(isBroad)) return 'csp-implemented-with-unsafe-inline'
  if (secure && [...active, ...scripts].some(isOpen)) return 'csp-implemented-with-insecure-scheme'
  if (scripts.has("'unsafe-eval'") || styles.has("'unsafe-eval'")) return 'csp-implemented-with-unsafe-eval'
  if (secure && passive.some(isOpen)) return 'csp-implemented-with-insecure-scheme-in-passive-content-only'
  if ([...styles].some(isUnsafe)) return 'csp-implemented-with-unsafe-inline-in-style-src-only'
  const usual = sources.get('default-src')
  const isClosed = usual?.size === 1 && usual.has("'none'")
  return isClosed ? 'csp-implemented-with-no-unsafe-default-src-none' : 'csp-implemented-with-no-unsafe'
}
