/** The kinds of route that are measured apart: few, so that the number of series stays small. */
export const ROUTE_KINDS = [
  'page',
  'action',
  'api',
  'gate',
  'live',
  'auth',
  'health',
  'metrics',
  'static',
  'unmatched',
] as const
export type RouteKind = (typeof ROUTE_KINDS)[number]

export type RoutePattern = { pattern: string; segments: readonly string[]; isPage: boolean }
export type RouteMatch = { route: string; kind: RouteKind }

const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean)

/** The routes of the app by their files, `app/…/page.tsx` and `app/…/route.ts`; what is written out comes before `[…]`. */
export function routePatterns(files: readonly string[]): RoutePattern[] {
  const found = files.flatMap((file) => {
    const match = /^app\/(.*?)\/?(page\.tsx|route\.ts)$/.exec(file)
    if (!match) return []
    // A group in brackets is no part of the address.
    const segments = segmentsOf(match[1] ?? '').filter((segment) => !segment.startsWith('('))
    return [{ pattern: `/${segments.join('/')}`, segments, isPage: match[2] === 'page.tsx' }]
  })
  const rank = ({ segments }: RoutePattern) =>
    segments
      .map((segment) => (segment.startsWith('[...') ? '2' : segment.startsWith('[') ? '1' : '0'))
      .join('')
  return found.sort((one, other) => rank(one).localeCompare(rank(other)))
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  const open = pattern.findIndex((segment) => segment.startsWith('[...'))
  if (open < 0 && pattern.length !== path.length) return false
  const compared = open < 0 ? pattern : pattern.slice(0, open)
  if (open >= 0 && path.length <= open) return false
  return compared.every((segment, index) => segment.startsWith('[') || segment === path[index])
}

const KINDS: readonly [RegExp, RouteKind][] = [
  [/^\/health(\/|$)/, 'health'],
  [/^\/metrics$/, 'metrics'],
  [/^\/api\/live(\/|$)/, 'live'],
  [/^\/api\/v1\/gate(\/|$)/, 'gate'],
  [/^\/api\/(auth|session)(\/|$)/, 'auth'],
]

const STATIC = /^\/(_next\/|icon\.svg$|favicon\.ico$)/

/**
 * The route that answers `path` as its pattern, and its kind. Nothing of the path itself comes back: links of one use are
 * secrets, and whatever does not match a route is `unmatched`.
 */
export function matchRoute({
  path,
  patterns,
  isAction,
}: {
  path: string
  patterns: readonly RoutePattern[]
  isAction: boolean
}): RouteMatch {
  if (STATIC.test(path)) return { route: 'static', kind: 'static' }
  const segments = segmentsOf(path)
  const found = patterns.find((one) => fits(one.segments, segments))
  if (!found) return { route: 'unmatched', kind: 'unmatched' }
  const special = KINDS.find(([shape]) => shape.test(found.pattern))?.[1]
  return { route: found.pattern, kind: special ?? (isAction ? 'action' : found.isPage ? 'page' : 'api') }
}
