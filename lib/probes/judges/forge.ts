import { type Found, judgeCheck, type ProbeJudge, totalTime } from '../judged.ts'
import type { ForgeCheck, ForgeProbe } from '../kinds/forge.ts'
import type { ForgeCheckRun, ForgeObservation, ForgePull, ForgeReview } from '../observations/forge.ts'

export const forgeJudge: ProbeJudge<ForgeProbe, ForgeObservation> = {
  asksTarget: false,
  conditions: (config, observation) =>
    config.conditions.map((check) => judgeCheck(check, foundOf(check, observation))),
}

const unknown = (observed: string): Found => ({ observed, value: null })

function foundOf(check: ForgeCheck, seen: ForgeObservation): Found {
  if (check.on === 'time') return totalTime(seen.phases)
  if (check.on === 'checks-green') return checksGreen(seen)
  if (check.on === 'check') return namedCheck(check.text, seen)
  const { pull } = seen
  if (pull === null) return unknown(noPull(seen))
  if (check.on === 'merged') return { observed: stateOf(pull, seen), value: pull.state === 'merged' }
  if (check.on === 'mergeable') return mergeable(pull, seen)
  return reviewed(check.on, seen)
}

const kindOf = ({ forge }: ForgeObservation): string =>
  forge === 'github' ? 'pull request' : 'merge request'
const markOf = ({ forge }: ForgeObservation): string => (forge === 'github' ? '#' : '!')
const short = (commit: string | null): string => commit?.slice(0, 10) ?? 'the commit'

function noPull(seen: ForgeObservation): string {
  const { found, commit } = seen
  if (found === null) return `no ${kindOf(seen)} was looked for`
  if (found === 0) return `no ${kindOf(seen)} has ${short(commit)}`
  return `${short(commit)} is in ${found} ${kindOf(seen)}s`
}

function stateOf({ number, state, draft }: ForgePull, seen: ForgeObservation): string {
  return `${markOf(seen)}${number} is ${draft && state === 'open' ? 'a draft' : state}`
}

function mergeable(pull: ForgePull, seen: ForgeObservation): Found {
  const name = `${markOf(seen)}${pull.number}`
  if (pull.state !== 'open') return { observed: stateOf(pull, seen), value: pull.state === 'merged' }
  if (pull.draft) return { observed: stateOf(pull, seen), value: false }
  const said = pull.mergeSaid === null ? '' : ` (${pull.mergeSaid})`
  if (pull.mergeable === null) return unknown(`whether ${name} can be merged is not computed yet${said}`)
  return {
    observed: `${name} can ${pull.mergeable ? '' : 'not '}be merged${said}`,
    value: pull.mergeable,
  }
}

function reviewed(on: 'approved' | 'approvals' | 'approved-at-head', seen: ForgeObservation): Found {
  const { reviews, totals } = seen
  const isWhole = reviews !== null && totals.reviews === reviews.length
  if (!isWhole) {
    return unknown(reviews === null ? 'reviews not known' : `${totals.reviews} reviewers, too many to read`)
  }
  const approving = reviews.filter(({ state, discounted }) => state === 'approved' && discounted === null)
  const against = reviews.filter(({ state }) => state === 'changes_requested')
  const observed = wordsOf({ approving, against, reviews })
  if (on === 'approvals') return { observed, quantity: { value: String(approving.length), unit: null } }
  const isApproved = approving.length > 0 && against.length === 0
  if (on === 'approved' || !isApproved) return { observed, value: isApproved }
  if (approving.some(({ atHead }) => atHead === null))
    return unknown(`${observed}; to which commit is not known`)
  const older = approving.filter(({ atHead }) => atHead === false)
  if (older.length === 0) return { observed: `${observed}, at the last commit`, value: true }
  return { observed: `${names(older)} approved an earlier commit`, value: false }
}

const WHY = { author: 'the author', bot: 'a program', outsider: 'outside the project' } as const

function wordsOf({
  approving,
  against,
  reviews,
}: Record<'approving' | 'against' | 'reviews', readonly ForgeReview[]>): string {
  const uncounted = reviews.flatMap(({ by, state, discounted }) =>
    state === 'approved' && discounted !== null ? [`${by} does not count (${WHY[discounted]})`] : [],
  )
  return [
    approving.length === 0 ? 'approved by nobody' : `approved by ${names(approving)}`,
    ...(against.length === 0 ? [] : [`changes wanted by ${names(against)}`]),
    ...uncounted.slice(0, 3),
  ].join('; ')
}

function names(reviews: readonly ForgeReview[]): string {
  const first = reviews.slice(0, 5).map(({ by }) => by)
  const more = reviews.length - first.length
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function checksGreen(seen: ForgeObservation): Found {
  const { checks, totals, commit } = seen
  if (checks === null) return unknown('checks not known')
  const of = (state: ForgeCheckRun['state']) => checks.filter((check) => check.state === state)
  const count = `${totals.checks} ${totals.checks === 1 ? 'check' : 'checks'}`
  const failed = of('failure')
  if (failed.length > 0)
    return { observed: `${failed.length} of ${count} failed: ${listed(failed)}`, value: false }
  if (totals.checks !== checks.length) return unknown(`${count}, too many to read`)
  const pending = of('pending')
  if (pending.length > 0) return unknown(`${pending.length} of ${count} under way: ${listed(pending)}`)
  const green = of('success').length
  if (green === 0)
    return unknown(checks.length === 0 ? `no checks for ${short(commit)}` : `${count}, none succeeded`)
  return { observed: `${green} of ${count} green, none failed`, value: true }
}

function listed(checks: readonly ForgeCheckRun[]): string {
  const first = checks.slice(0, 3).map(({ name }) => name)
  return `${first.join(', ')}${checks.length > 3 ? ` and ${checks.length - 3} more` : ''}`
}

/** Of several of one name every one counts; one that was skipped shows nothing. */
function namedCheck(name: string, { checks, totals, commit }: ForgeObservation): Found {
  if (checks === null) return unknown('checks not known')
  const those = checks.filter((check) => check.name === name)
  const said = [...new Set(those.map((check) => check.said))].join(', ')
  const observed = `${name}: ${said}`
  if (those.some(({ state }) => state === 'failure')) return { observed, value: false }
  if (totals.checks !== checks.length) return unknown(`${totals.checks} checks, too many to read`)
  if (those.length === 0) return unknown(`no check ${name} for ${short(commit)}`)
  return { observed, value: those.every(({ state }) => state === 'success') ? true : null }
}
