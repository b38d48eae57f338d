import type { Decision } from '#lib/shared/codes.ts'
import { stateOf } from './fold.ts'
import type { RuleItem, RuleSlot } from './run-facts.ts'
import { POLICY } from './scope.ts'

export type Signer = { memberId: string; roles: readonly string[] }

export type Obstacle = {
  code: 'role_missing' | 'other_slot' | 'slot_taken' | 'run_over' | 'items_unsettled' | 'only_evidence'
  text: string
  itemKeys?: string[]
}

function isIndependent(role: string): boolean {
  return POLICY.independent.some((word) => role.toLowerCase().includes(word))
}

/** Items in scope that rest on this person's word alone: a passing machine or another member's witness lifts it. */
export function restingOn({ memberId, items }: { memberId: string; items: readonly RuleItem[] }): RuleItem[] {
  return items.filter(({ fold }) => {
    if (stateOf(fold) !== 'passed' || fold.seen?.verdict === 'pass') return false
    return fold.tick?.by.memberId === memberId && !fold.witnesses.some(({ by }) => by.memberId !== memberId)
  })
}

/** Required items in scope that are neither passed, n/a nor waived. */
export function unsettled(items: readonly RuleItem[]): RuleItem[] {
  return items.filter((item) => item.required && ['open', 'failed'].includes(stateOf(item.fold)))
}

/**
 * Why this person cannot sign this decision on this slot now; empty means yes. `items`: those in the slot's scope.
 * `no_go` and `recuse` are always possible for a holder of the role; `go` needs every required item settled.
 */
export function obstacles({
  signer,
  slot,
  slots,
  items,
  decision,
  signable,
}: {
  signer: Signer
  slot: RuleSlot
  slots: readonly RuleSlot[]
  items: readonly RuleItem[]
  decision: Decision
  /** Whether the run still takes signatures. */
  signable: boolean
}): Obstacle[] {
  const found: Obstacle[] = []
  if (!signable) found.push({ code: 'run_over', text: 'Signatures are taken until the deployment starts' })
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
  const { standing } = slot
  const fresh =
    standing !== null && standing.staleReason === null && standing.holdsRole && standing.decision !== 'recuse'
  if (standing && fresh && standing.memberId !== signer.memberId) {
    found.push({ code: 'slot_taken', text: `${standing.name} already signed as ${slot.role}` })
  }
  if (decision !== 'go' && decision !== 'conditional_go') return found
  const open = unsettled(items)
  if (open.length > 0) {
    found.push({
      code: 'items_unsettled',
      text: `${open.length} required ${open.length === 1 ? 'item is' : 'items are'} open or failed`,
      itemKeys: open.map(({ key }) => key),
    })
  }
  const alone = isIndependent(slot.role) ? restingOn({ memberId: signer.memberId, items }) : []
  if (alone.length > 0) {
    found.push({
      code: 'only_evidence',
      text: `${alone.length} ${alone.length === 1 ? 'item rests' : 'items rest'} on your word alone; ask somebody to witness ${alone.length === 1 ? 'it' : 'them'}`,
      itemKeys: alone.map(({ key }) => key),
    })
  }
  return found
}
