import { isLive, type RunState } from '#lib/shared/codes.ts'
import { formatUtcTime } from '#lib/shared/time.ts'
import { RUN_STATE_WORDS } from '#lib/shared/words.ts'
import type { ItemAct } from './board.ts'
import type { Acknowledger } from './evidence.ts'
import { countsFrom, isFresh, metBy, stateOf } from './fold.ts'
import type { RuleItem } from './run-facts.ts'
import { renewalObstacle, stageObstacle } from './stage-openness.ts'

/** Yes, or the refusal's code and words. One table for the command that decides and the board that offers. */
export type Allowed = true | { code: string; message: string }

type Question = {
  state: RunState
  item: RuleItem
  /** Who would act. */
  memberId: string
  /** Milliseconds. */
  now: number
}

const no = (code: string, message: string): Allowed => ({ code, message })

/** True while a machine's pass, inside its shelf life, stands behind the item. */
export function isShown({ item, now }: { item: RuleItem; now: number }): boolean {
  const { seen } = item.fold
  if (seen?.verdict !== 'pass') return false
  return isFresh({ at: countsFrom(seen), shelfLifeSeconds: item.shelfLifeSeconds, now })
}

/** How long a person's claim counts, in seconds; null: for the length of the run. */
export function claimShelfOf({ shelfLifeSeconds, claimShelfSeconds }: RuleItem): number | null {
  return claimShelfSeconds === undefined ? shelfLifeSeconds : claimShelfSeconds
}

/** A tick of an item that has a probe, without a passing observation: shown as such for ever (product decision 5). */
export function isOverProbe({ item, now }: { item: RuleItem; now: number }): boolean {
  return item.probeHash !== null && !isShown({ item, now })
}

/** Whether a tick by this person needs a typed note, and why; null when it does not. */
export function noteWanted({ item, memberId, now }: Omit<Question, 'state'>): string | null {
  if (isOverProbe({ item, now }))
    return 'A probe is there to show this and has not; say why you tick it yourself.'
  if (item.needsNote) return 'This item asks for a note: say what you saw.'
  const { fail } = item.fold
  if (fail && fail.by.memberId !== memberId) return `${fail.by.name} failed this; say what changed.`
  if (item.notice && metBy(item.fold) === null)
    return 'A notice is there to be acknowledged and is not; say how they were told.'
  return null
}

/** People's standing marks on an item: what an untick takes away. */
export function standingMarks(item: RuleItem): { by: Acknowledger; at: number }[] {
  const { tick, fail, notApplicable, acknowledged = [] } = item.fold
  return [notApplicable, fail, tick, ...acknowledged].filter((mark) => mark !== null)
}

/** The first standing mark that is somebody else's; null when all are one's own. */
export function othersMark({
  item,
  memberId,
}: {
  item: RuleItem
  memberId: string
}): { by: Acknowledger; at: number } | null {
  return standingMarks(item).find(({ by }) => by.memberId !== memberId) ?? null
}

function mayTick({ item, memberId, now }: Question): Allowed {
  const { fold } = item
  if (fold.notApplicable)
    return no('not_applicable', `${fold.notApplicable.by.name} marked this n/a; take that back first.`)
  if (fold.seen?.verdict === 'fail')
    return no(
      'machine_failed',
      'A probe fails here, and nobody ticks over that. Fix the cause and run the probe again.',
    )
  if (isShown({ item, now })) return no('already_passed', 'A probe has shown this; there is nothing to tick.')
  const { tick } = fold
  const met = metBy(fold)
  if (met && !fold.fail && isFresh({ at: met.at, shelfLifeSeconds: claimShelfOf(item), now }))
    return no('already_passed', `${met.by.name} acknowledged this at ${formatUtcTime(met.at)}.`)
  if (tick && !fold.fail && isFresh({ at: tick.at, shelfLifeSeconds: claimShelfOf(item), now })) {
    const whose = tick.by.memberId === memberId ? 'You' : tick.by.name
    return no('already_passed', `${whose} ticked this at ${formatUtcTime(tick.at)}.`)
  }
  return true
}

function mayUntick({ item }: Question): Allowed {
  if (standingMarks(item).length > 0) return true
  return item.fold.seen
    ? no('machine_mark', 'A probe put this mark here; it changes when the probe sees something else.')
    : no('nothing_to_undo', 'Nobody has marked this yet.')
}

function mayFail({ item }: Question): Allowed {
  const { fail, seen } = item.fold
  if (fail) return no('already_failed', `${fail.by.name} failed this at ${formatUtcTime(fail.at)}.`)
  return seen?.verdict === 'fail' ? no('already_failed', 'A probe fails here already.') : true
}

function mayMarkNotApplicable({ item }: Question): Allowed {
  const { notApplicable, seen } = item.fold
  if (notApplicable)
    return no(
      'already_not_applicable',
      `${notApplicable.by.name} marked this n/a at ${formatUtcTime(notApplicable.at)}.`,
    )
  return seen?.verdict === 'fail'
    ? no(
        'machine_failed',
        'A probe fails here, and n/a does not pass over that. Fix the cause and run the probe again.',
      )
    : true
}

function mayVerify({ item, memberId }: Question): Allowed {
  const { notApplicable } = item.fold
  if (!notApplicable) return no('not_marked', 'This is not marked n/a.')
  if (notApplicable.by.memberId === memberId)
    return no('own_mark', 'You marked this n/a yourself; a second person checks it.')
  const { verified } = notApplicable
  return verified
    ? no('already_verified', `${verified.by.name} checked this at ${formatUtcTime(verified.at)}.`)
    : true
}

function mayWitness({ item, memberId }: Question): Allowed {
  const { witnesses } = item.fold
  const tick = item.fold.tick ?? metBy(item.fold)
  if (!tick || stateOf(item.fold) !== 'passed') return no('not_ticked', 'There is no tick to witness.')
  if (tick.by.memberId === memberId)
    return no('own_tick', 'You settled this yourself; a second person witnesses it.')
  const mine = witnesses.find(({ by }) => by.memberId === memberId)
  return mine ? no('already_witnessed', `You witnessed this at ${formatUtcTime(mine.at)}.`) : true
}

function mayProbe({ item }: Question): Allowed {
  const { notApplicable } = item.fold
  if (!item.probeHash && !item.shadowHash)
    return no('no_probe', 'There is no probe here; a person settles this.')
  return notApplicable
    ? no('not_applicable', `${notApplicable.by.name} marked this n/a; take that back first.`)
    : true
}

function mayNotify({ item }: Question): Allowed {
  const { notApplicable, seen } = item.fold
  if (!item.notice) return no('no_notice', 'There is no notice here; a person settles this.')
  if (notApplicable)
    return no('not_applicable', `${notApplicable.by.name} marked this n/a; take that back first.`)
  if (seen?.verdict === 'fail') return no('machine_failed', 'A probe fails here; fix the cause first.')
  const met = metBy(item.fold)
  return met
    ? no('already_acknowledged', `${met.by.name} acknowledged this at ${formatUtcTime(met.at)}.`)
    : true
}

const RULES: Record<Exclude<ItemAct, 'note' | 'attach'>, (question: Question) => Allowed> = {
  tick: mayTick,
  untick: mayUntick,
  fail: mayFail,
  notApplicable: mayMarkNotApplicable,
  verify: mayVerify,
  witness: mayWitness,
  probe: mayProbe,
  notify: mayNotify,
}

/** Whether the act makes evidence new that is there, or was, rather than settling the item for the first time. */
function renews({ act, item, now }: Question & { act: ItemAct }): boolean {
  if (act === 'probe' || act === 'witness') return true
  const { tick } = item.fold
  return (
    act === 'tick' && tick !== null && !isFresh({ at: tick.at, shelfLifeSeconds: claimShelfOf(item), now })
  )
}

/** Whether the run and the item allow this act now; what the actor's role allows is the policy table's matter. */
export function itemRule(question: Question & { act: ItemAct }): Allowed {
  const { act, state, item } = question
  if (act === 'note' || act === 'attach')
    return isLive(state)
      ? true
      : no('run_over', `The run is over (${RUN_STATE_WORDS[state]}); nothing changes any more.`)
  const obstacle = renews(question) ? renewalObstacle({ state, item }) : stageObstacle({ state, item })
  if (obstacle) return no(isLive(state) ? 'stage_closed' : 'run_over', obstacle)
  return RULES[act](question)
}
