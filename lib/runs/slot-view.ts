import type { MemberActor } from '#lib/access/actor.ts'
import { mayDo } from '#lib/access/policy.ts'
import { slugify } from '#lib/shared/slug.ts'
import type { SlotView } from './board.ts'
import type { BoardSnapshot } from './board-snapshot.ts'
import type { RuleSlot } from './run-facts.ts'
import { obstacles, unsettled } from './signability.ts'
import { slotState, staleReason } from './slots.ts'

/** Active holders of a role who do not stand in another slot: one person signs one slot. */
function whoCan({ slot, snapshot }: { slot: RuleSlot; snapshot: BoardSnapshot }): string[] {
  const elsewhere = new Set(
    snapshot.slots.filter(({ role }) => role !== slot.role).map(({ standing }) => standing?.memberId),
  )
  return (snapshot.holders[slot.role] ?? [])
    .filter(({ memberId }) => !elsewhere.has(memberId))
    .map(({ name }) => name)
}

/** The last segment of a slot's signing page: the role's slug, or its number where two roles would share one. */
export function slotSlug({ role, slots }: { role: string; slots: readonly { role: string }[] }): string {
  const slug = slugify(role)
  const same = slots.filter((slot) => slugify(slot.role) === slug)
  return slug !== '' && same.length === 1 ? slug : `slot-${slots.findIndex((slot) => slot.role === role) + 1}`
}

/** One slot as one viewer sees it. */
export function slotView({
  actor,
  slot,
  snapshot,
}: {
  actor: MemberActor
  slot: RuleSlot
  snapshot: BoardSnapshot
}): SlotView {
  const { run, slots, items } = snapshot
  const { standing } = slot
  const started = run.startedAt !== null
  const scope = new Set(slot.scope)
  const covered = items.filter(({ key }) => scope.has(key))
  const allowed = mayDo({ actor, verb: 'run.sign', subject: { role: slot.role } })
  const signer = { memberId: actor.team.memberId, roles: actor.team.roles }
  const found = obstacles({
    signer,
    slot,
    slots,
    items: covered,
    decision: 'go',
    signable: run.state === 'preparing',
  })
  const why =
    allowed === true || found.some(({ code }) => code === 'role_missing')
      ? found.map(({ text }) => text)
      : [allowed, ...found.map(({ text }) => text)]
  return {
    role: slot.role,
    slug: slotSlug({ role: slot.role, slots }),
    state: slotState({ standing, started }),
    decision: standing?.decision ?? null,
    signer: standing ? { memberId: standing.memberId, name: standing.name } : null,
    at: standing?.signedAt ?? null,
    staleReason: standing && !(started && standing.staleReason === null) ? staleReason(standing) : null,
    manifestHash: standing?.manifestHash ?? null,
    itemCount: covered.length,
    unsettledCount: unsettled(covered).length,
    canOpen:
      allowed === true && !found.some(({ code }) => code !== 'items_unsettled' && code !== 'only_evidence'),
    canSignGo: allowed === true && found.length === 0,
    why,
    whoCan: whoCan({ slot, snapshot }),
  }
}
