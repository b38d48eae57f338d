import type { Found } from './judged.ts'
import type {
  ForgeCheckRun,
  ForgeObservation,
  ForgePull,
  ForgeReview,
  WantedCheck,
} from './observations/forge.ts'

export const unknown = (observed: string): Found => ({ observed, value: null })

const kindOf = ({ forge }: ForgeObservation): string =>
  forge === 'github' ? 'pull request' : 'merge request'
export const short = (commit: string | null): string => commit?.slice(0, 10) ?? 'the commit'
export const nameOf = ({ number }: ForgePull, { forge }: ForgeObservation): string =>
  `${forge === 'github' ? '#' : '!'}${number}`

export function noPull(seen: ForgeObservation): string {
  const { found, commit } = seen
  if (found === null) return `no ${kindOf(seen)} was looked for`
  if (found === 0) return `no ${kindOf(seen)} has ${short(commit)}`
  return `${short(commit)} is in ${found} ${kindOf(seen)}s`
}

/**
 * Why nothing that is said of the request holds for the commit: it is one of its earlier ones. Null where it is the last one or
 * what it was merged as. What was seen before that was kept is not doubted.
 */
export function earlier(pull: ForgePull, seen: ForgeObservation): string | null {
  const { mergedAs, head } = pull
  const { commit } = seen
  if (mergedAs === undefined || commit === null || commit === head || mergedAs.includes(commit)) return null
  return `${short(commit)} is not the last commit of ${nameOf(pull, seen)} (${short(head)}), nor what it was merged as`
}

export function firstOf(names: readonly string[], most: number): string {
  const more = names.length - most
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

export const namesOf = (reviews: readonly ForgeReview[]): string =>
  firstOf(
    reviews.map(({ by }) => by),
    5,
  )

/** Was it reported by whom it has to be? */
export function isBy({ app }: ForgeCheckRun, wanted: WantedCheck): boolean {
  return wanted.app === null || app?.id === wanted.app
}
