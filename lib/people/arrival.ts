import { isLocalPath, paths } from '#lib/shared/paths.ts'

/** Where the start page leads: set-up before there is anybody, then sign-in, then the one team, else the list of teams. */
export function startPage({
  setUp,
  teams,
}: {
  setUp: boolean
  teams: readonly { slug: string }[] | null
}): string {
  if (!setUp) return paths.setup()
  if (!teams) return paths.signIn()
  const [first] = teams
  return teams.length === 1 && first ? paths.team(first.slug) : paths.me()
}

/** Where to go after signing in: back to a page of this app, never elsewhere and never round in a circle. */
export function returnPath(wanted: string | undefined): string {
  if (wanted === undefined || !isLocalPath(wanted)) return paths.home()
  const { pathname } = new URL(wanted, 'http://countersign.invalid')
  return pathname === '/sign-in' || pathname.startsWith('/api/') ? paths.home() : wanted
}
