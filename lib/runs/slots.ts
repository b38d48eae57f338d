import type { SlotState } from '#lib/shared/codes.ts'
import type { RuleSignoff } from './run-facts.ts'

/** Why a standing signature no longer counts, or null while it does. */
export function staleReason(standing: RuleSignoff): string | null {
  if (standing.staleReason) return standing.staleReason
  return standing.holdsRole ? null : `${standing.name} no longer holds this role`
}

/** The state of a slot; after Start a signer who leaves no longer stales it (`started`). */
export function slotState({
  standing,
  started,
}: {
  standing: RuleSignoff | null
  started: boolean
}): SlotState {
  if (!standing) return 'waiting'
  if (standing.decision === 'recuse') return 'recused'
  if (standing.staleReason) return 'stale'
  return standing.holdsRole || started ? 'signed' : 'stale'
}
