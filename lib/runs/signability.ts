import type { Decision } from '#lib/shared/codes.ts'
import { counted } from '#lib/shared/words.ts'
import { type ItemFold, metBy, stateOf } from './fold.ts'
import { isIndependentRole } from './independent-roles.ts'
import { named } from './item-change.ts'
import type { RuleItem, RuleRun, RuleSignoff, RuleSlot } from './run-facts.ts'
import { hasStarted, isOver } from './run-phase.ts'

export type Signer = { memberId: string; roles: readonly string[] }

export type Obstacle = {
  code:
    | 'role_missing'
    | 'other_slot'
    | 'slot_taken'
    | 'run_over'
    | 'run_started'
    | 'commit_author'
    | 'items_unsettled'
    | 'only_evidence'
  text: string
  itemKeys?: string[]
}

export const APPROVALS: readonly Decision[] = ['go', 'conditional_go']
const NAMES_SHOWN = 3

export function isApproval(decision: Decision): boolean {
  return APPROVALS.includes(decision)
}

/** Whether this person wrote the commit that the run deploys. */
export function isAuthor({ run, memberId }: { run: Pick<RuleRun, 'author'>; memberId: string }): boolean {
  return run.author !== null && run.author.memberId === memberId
}

/**
 * Items in scope that rest on this person's word alone, a tick or an n/a: a passing machine, another member's witness or
 * another's check of the n/a lifts it.
 */
export function restingOn({ memberId, items }: { memberId: string; items: readonly RuleItem[] }): RuleItem[] {
  const isOther = ({ by }: { by: { memberId: string } }) => by.memberId !== memberId
  return items.filter(({ fold }) => {
    if (fold.seen?.verdict === 'pass') return false
    const { notApplicable, tick, witnesses } = fold
    if (notApplicable)
      return !isOther(notApplicable) && !(notApplicable.verified && isOther(notApplicable.verified))
    if (stateOf(fold) !== 'passed' || witnesses.some(isOther)) return false
    return (tick === null || !isOther(tick)) && !isToldByOther(fold, memberId)
  })
}

/**
 * Whether somebody else stands behind an acknowledgement. Of one without an account only the link is known, and whoever sent
 * the notice may hold that too: it counts as the sender's own word.
 */
function isToldByOther(fold: ItemFold, memberId: string): boolean {
  const met = metBy(fold)
  return met !== null && (met.by.memberId ?? met.sentBy) !== memberId
}

/** Required items in scope that are neither passed, n/a nor waived. */
export function unsettled(items: readonly RuleItem[]): RuleItem[] {
  return items.filter((item) => item.required && ['open', 'failed'].includes(stateOf(item.fold)))
}

function isFresh(standing: RuleSignoff | null): standing is RuleSignoff {
  return (
    standing !== null && standing.staleReason === null && standing.holdsRole && standing.decision !== 'recuse'
  )
}

/**
 * Who of a role's holders may approve in its slot: whoever signed it freshly; else those who stand in no other slot and,
 * where the role must be independent, did not write the commit.
 */
export function freeHolders<Holder extends { memberId: string }>({
  slot,
  slots,
  holders,
  run,
}: {
  slot: RuleSlot
  slots: readonly RuleSlot[]
  holders: readonly Holder[]
  run: Pick<RuleRun, 'author'>
}): Holder[] {
  const elsewhere = new Set(
    slots
      .filter(({ role, standing }) => role !== slot.role && standing?.decision !== 'recuse')
      .map(({ standing }) => standing?.memberId),
  )
  const independent = isIndependentRole(slot.role)
  const signer = isFresh(slot.standing) ? slot.standing.memberId : null
  return holders.filter(
    ({ memberId }) =>
      (signer === null || signer === memberId) &&
      !elsewhere.has(memberId) &&
      !(independent && isAuthor({ run, memberId })),
  )
}

function namesOf(items: readonly RuleItem[]): string {
  const names = items.slice(0, NAMES_SHOWN).map(named).join(', ')
  return items.length > NAMES_SHOWN ? `${names} and ${items.length - NAMES_SHOWN} more` : names
}

type Question = {
  signer: Signer
  slot: RuleSlot
  slots: readonly RuleSlot[]
  /** Those in the slot's scope. */
  items: readonly RuleItem[]
  decision: Decision
  run: Pick<RuleRun, 'state' | 'author'>
}

/** Once the deployment has started nothing new is approved; only a no-go or a recusal may be answered with a go again. */
function phaseObstacle({ run, slot, decision }: Question): Obstacle | null {
  if (isOver(run)) return { code: 'run_over', text: 'The run is over; nothing more is signed' }
  if (!hasStarted(run) || !isApproval(decision)) return null
  if (run.state === 'rolling_back')
    return { code: 'run_started', text: 'The run is being rolled back; only no-go and recuse are open' }
  const answers = slot.standing === null || !isApproval(slot.standing.decision)
  return answers
    ? null
    : {
        code: 'run_started',
        text: 'Go is signed until the deployment starts; no-go and recuse stay open',
      }
}

/** Another's fresh signature holds the slot, but never against a stop: a no-go may be laid over another holder's go. */
function takenBy({ signer, slot, decision }: Question): RuleSignoff | null {
  const { standing } = slot
  if (!isFresh(standing) || standing.memberId === signer.memberId) return null
  return decision === 'no_go' && standing.decision !== 'no_go' ? null : standing
}

function placeObstacles(question: Question): Obstacle[] {
  const { signer, slot, slots, decision } = question
  const found: Obstacle[] = []
  if (!signer.roles.includes(slot.role))
    found.push({ code: 'role_missing', text: `Only a holder of the role ${slot.role} can sign here` })
  const other = slots.find(
    ({ role, standing }) =>
      role !== slot.role && standing?.memberId === signer.memberId && standing.decision !== 'recuse',
  )
  if (other && decision !== 'recuse')
    found.push({
      code: 'other_slot',
      text: `You already signed as ${other.role}; one person signs one slot`,
    })
  const taken = takenBy(question)
  if (taken) found.push({ code: 'slot_taken', text: `${taken.name} already signed as ${slot.role}` })
  return found
}

function approvalObstacles({ signer, slot, items, run }: Question): Obstacle[] {
  const found: Obstacle[] = []
  const independent = isIndependentRole(slot.role)
  if (independent && isAuthor({ run, memberId: signer.memberId }))
    found.push({
      code: 'commit_author',
      text: `You wrote this commit; somebody else must approve it as ${slot.role}`,
    })
  const open = unsettled(items)
  if (open.length > 0) {
    found.push({
      code: 'items_unsettled',
      text: `${open.length} required ${open.length === 1 ? 'item is' : 'items are'} open or failed`,
      itemKeys: open.map(({ key }) => key),
    })
  }
  const alone = independent ? restingOn({ memberId: signer.memberId, items }) : []
  if (alone.length > 0) {
    const rest = counted({ count: alone.length, one: 'item rests', many: 'items rest' })
    found.push({
      code: 'only_evidence',
      text: `${rest} on your word alone, ${namesOf(alone)}: somebody else must witness a tick or check an n/a`,
      itemKeys: alone.map(({ key }) => key),
    })
  }
  return found
}

/**
 * Why this person cannot sign this decision on this slot now; empty means yes. For a holder of the role `no_go` and
 * `recuse` are possible as long as the run is live; approving needs every required item settled, and in a role that must
 * be independent another than the commit's author and more than one's own word.
 */
export function obstacles(question: Question): Obstacle[] {
  const phase = phaseObstacle(question)
  return [
    ...(phase ? [phase] : []),
    ...placeObstacles(question),
    ...(isApproval(question.decision) ? approvalObstacles(question) : []),
  ]
}
