import type { MemberActor } from '#lib/access/actor.ts'
import { mayDo } from '#lib/access/policy.ts'
import type { Decision } from '#lib/shared/codes.ts'
import { slugify } from '#lib/shared/slug.ts'
import type { SlotView } from './board.ts'
import type { BoardSnapshot } from './board-snapshot.ts'
import type { RuleSlot } from './run-facts.ts'
import { freeHolders, obstacles, unsettled } from './signability.ts'
import { slotState, staleReason } from './slots.ts'

/** The last segment of a slot's signing page: the role's slug, or its number where two roles would share one. */
export function slotSlug({ role, slots }: { role: string; slots: readonly { role: string }[] }): string {
  const slug = slugify(role)
  const same = slots.filter((slot) => slugify(slot.role) === slug)
  return slug !== '' && same.length === 1 ? slug : `slot-${slots.findIndex((slot) => slot.role === role) + 1}`
}

/** One slot as one viewer sees it, or as everybody of the viewer's kind whose `memberId` stands nowhere in the run. */
export function slotView({
  actor,
  memberId,
  slot,
  snapshot,
}: {
  actor: MemberActor
  memberId: string
  slot: RuleSlot
  snapshot: BoardSnapshot
}): SlotView {
  const { run, slots, items, texts } = snapshot
  const { standing } = slot
  const started = run.startedAt !== null
  const scope = new Set(slot.scope)
  const covered = items.filter(({ key }) => scope.has(key))
  const allowed = mayDo({ actor, verb: 'run.sign', subject: { role: slot.role } })
  const signer = { memberId, roles: actor.team.roles }
  const ask = (decision: Decision) => obstacles({ signer, slot, slots, items: covered, decision, run })
  const found = ask('go')
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
    reason: standing?.reasonId ? (texts[standing.reasonId] ?? '(erased)') : null,
    staleReason: standing && !(started && standing.staleReason === null) ? staleReason(standing) : null,
    manifestHash: standing?.manifestHash ?? null,
    itemCount: covered.length,
    unsettledCount: unsettled(covered).length,
    canOpen:
      allowed === true && !found.some(({ code }) => code !== 'items_unsettled' && code !== 'only_evidence'),
    canSignGo: allowed === true && found.length === 0,
    canStop: allowed === true && (ask('no_go').length === 0 || ask('recuse').length === 0),
    why,
    whoCan: freeHolders({ slot, slots, holders: snapshot.holders[slot.role] ?? [], run }).map(
      ({ name }) => name,
    ),
  }
}
