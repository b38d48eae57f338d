import { counted } from '#lib/shared/words.ts'
import { requiredApprovals } from '../forge-approvals.ts'
import { requiredChecksGreen } from '../forge-checks.ts'
import { wordsOfReviews } from '../forge-review-words.ts'
import { earlier, firstOf, nameOf, namesOf, noPull, short, unknown } from '../forge-words.ts'
import { expectsOnlyTime, type Found, implied, judgeCheck, type ProbeJudge, totalTime } from '../judged.ts'
import type { ForgeCheck, ForgeProbe } from '../kinds/forge.ts'
import type { ForgeCheckRun, ForgeObservation, ForgePull } from '../observations/forge.ts'

export const forgeJudge: ProbeJudge<ForgeProbe, ForgeObservation> = {
  asksTarget: false,
  conditions({ conditions }, seen) {
    const judged = conditions.map((check) => judgeCheck(check, foundOf(check, seen)))
    if (!expectsOnlyTime(conditions)) return judged
    const { commit } = seen
    const value = commit === null ? null : true
    return [implied({ text: 'the commit', observed: short(commit), wanted: 'the commit', value }), ...judged]
  },
}

function foundOf(check: ForgeCheck, seen: ForgeObservation): Found {
  if (check.on === 'time') return totalTime(seen.phases)
  if (check.on === 'checks-green') return checksGreen(seen)
  if (check.on === 'check') return namedCheck(check.text, seen)
  const { pull } = seen
  if (pull === null) return unknown(noPull(seen))
  if (check.on === 'merged') return { observed: stateOf(pull, seen), value: pull.state === 'merged' }
  if (check.on === 'required-checks-green') return requiredChecksGreen(pull, seen)
  const other = earlier(pull, seen)
  if (other !== null) return unknown(other)
  if (check.on === 'mergeable') return mergeable(pull, seen)
  return reviewed(check.on, { pull, seen })
}

function stateOf(pull: ForgePull, seen: ForgeObservation): string {
  return `${nameOf(pull, seen)} is ${pull.draft && pull.state === 'open' ? 'a draft' : pull.state}`
}

/** GitHub’s words for what holds back a request that is free of conflicts. */
const HELD: Readonly<Record<string, string>> = {
  blocked: ', though rules of its branch hold it up',
  behind: ', though it is behind its branch',
}

function mergeable(pull: ForgePull, seen: ForgeObservation): Found {
  const name = nameOf(pull, seen)
  if (pull.state !== 'open') return { observed: stateOf(pull, seen), value: pull.state === 'merged' }
  if (pull.draft) return { observed: stateOf(pull, seen), value: false }
  const said = pull.mergeSaid === null ? '' : ` (${pull.mergeSaid})`
  if (pull.mergeable === null) return unknown(`whether ${name} can be merged is not computed yet${said}`)
  const held = pull.mergeable ? HELD[pull.mergeSaid ?? ''] : undefined
  return {
    observed:
      held === undefined
        ? `${name} can ${pull.mergeable ? '' : 'not '}be merged${said}`
        : `${name} has no conflict${held}${said}`,
    value: pull.mergeable,
  }
}

type Reviewed = 'approved' | 'approvals' | 'approved-at-head' | 'required-approvals'

function reviewed(on: Reviewed, { pull, seen }: { pull: ForgePull; seen: ForgeObservation }): Found {
  const { reviews, totals } = seen
  const isWhole = reviews !== null && totals.reviews === reviews.length
  if (!isWhole) {
    return unknown(reviews === null ? 'reviews not known' : `${totals.reviews} reviewers, too many to read`)
  }
  const approving = reviews.filter(({ state, discounted }) => state === 'approved' && discounted === null)
  const against = reviews.filter(({ state }) => state === 'changes_requested')
  const observed = wordsOfReviews({ approving, against, reviews })
  // However many approve, one who wants changes holds a number of approvals up as well.
  if (on === 'approvals' && against.length > 0) return { observed, value: false }
  if (on === 'approvals') return { observed, quantity: { value: String(approving.length), unit: null } }
  const isApproved = approving.length > 0 && against.length === 0
  if (on === 'approved' || !isApproved) return { observed, value: isApproved }
  if (on === 'required-approvals') return requiredApprovals({ pull, seen, approving, observed })
  if (approving.some(({ atHead }) => atHead === null))
    return unknown(`${observed}; to which commit is not known`)
  const older = approving.filter(({ atHead }) => atHead === false)
  if (older.length === 0) return { observed: `${observed}, at the last commit`, value: true }
  return { observed: `${namesOf(older)} approved an earlier commit`, value: false }
}

function checksGreen(seen: ForgeObservation): Found {
  const { checks, totals, commit } = seen
  if (checks === null) return unknown('checks not known')
  const of = (state: ForgeCheckRun['state']) => checks.filter((check) => check.state === state)
  const count = counted({ count: totals.checks, one: 'check' })
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

const listed = (checks: readonly ForgeCheckRun[]): string =>
  firstOf(
    checks.map(({ name }) => name),
    3,
  )

/** Of several of one name every one counts; one that was skipped shows nothing. */
function namedCheck(name: string, { checks, totals, commit }: ForgeObservation): Found {
  if (checks === null) return unknown('checks not known')
  const those = checks.filter((check) => check.name === name)
  const said = [...new Set(those.map((check) => check.said))].join(', ')
  const observed = `${name}: ${said}`
  if (those.some(({ state }) => state === 'failure')) return { observed, value: false }
  if (totals.checks !== checks.length)
    return unknown(`${counted({ count: totals.checks, one: 'check' })}, too many to read`)
  if (those.length === 0) return unknown(`no check ${name} for ${short(commit)}`)
  return { observed, value: those.every(({ state }) => state === 'success') ? true : null }
}
