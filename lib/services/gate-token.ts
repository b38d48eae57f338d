import { PIPELINE_SCOPES, type PipelineScope } from '#lib/access/actor.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { whyNoNewToken } from '#lib/teams/new-token.ts'

export const GATE_TOKEN_SCOPES = PIPELINE_SCOPES
/** A prefix that secret scanners and people recognise. */
export const GATE_TOKEN_PREFIX = 'csg_'

export type MakeTokenFacts = Facts & {
  teamId: string
  service: { id: string; slug: string }
  /** Null: every environment; the one asked for otherwise. */
  environment: { id: string; slug: string } | null
  /** Null: every run; the one asked for otherwise. */
  run: { id: string; number: number } | null
  /** Names of tokens that still work. */
  names: readonly string[]
  token: string
  tokenHash: Uint8Array<ArrayBuffer>
  creator: string
}
export type NewGateToken = {
  id: string
  teamId: string
  serviceId: string
  environmentId: string | null
  runId: string | null
  scopes: PipelineScope[]
  name: string
  tokenHash: Uint8Array<ArrayBuffer>
  createdBy: string
  createdAt: Date
  expiresAt: Date
}

/**
 * A pipeline's credential for one service, or for one environment or run of it; the answer shows it, once. Whoever is let in by a
 * token of one run has no business at the gate, which answers for whichever run is live.
 */
export function decideMakeGateToken(
  facts: MakeTokenFacts,
  { name, days, scopes }: { name: string; days: number; scopes: PipelineScope[] },
  { now, newId }: Pick<DecideContext, 'now' | 'newId'>,
): Decision<NewGateToken, { tokenId: string; token: string; expiresAt: string }> {
  if (facts.run !== null && scopes.includes('gate'))
    return refused('invalid', 'Choose what the token opens again.', {
      fields: { environment: 'A token of one run pushes evidence and nothing else.' },
    })
  const refusal = whyNoNewToken({ name, names: facts.names, holder: 'A service' })
  if (refusal) return refusal
  const expiresAt = new Date(now.getTime() + days * 86_400_000)
  const id = newId()
  return {
    kind: 'changed',
    change: {
      id,
      teamId: facts.teamId,
      serviceId: facts.service.id,
      environmentId: facts.environment?.id ?? null,
      runId: facts.run?.id ?? null,
      scopes,
      name,
      tokenHash: facts.tokenHash,
      createdBy: facts.creator,
      createdAt: now,
      expiresAt,
    },
    value: { tokenId: id, token: facts.token, expiresAt: expiresAt.toISOString() },
    entries: [
      {
        action: 'service.gate_token_made',
        data: {
          tokenId: id,
          service: facts.service.slug,
          environment: facts.environment?.slug ?? null,
          name,
          scopes,
          ...(facts.run === null ? {} : { run: facts.run.number }),
          expiresAt: expiresAt.getTime(),
        },
      },
    ],
  }
}

export type RevokeTokenFacts = Facts & {
  teamId: string
  token: { id: string; name: string; service: string; revoked: boolean }
}

/** Works at once: the token's next question is answered 401. */
export function decideRevokeGateToken(
  { token }: RevokeTokenFacts,
  _input: unknown,
  { now }: Pick<DecideContext, 'now'>,
): Decision<{ id: string; revokedAt: Date }, { tokenId: string }> {
  const value = { tokenId: token.id }
  if (token.revoked) return { kind: 'unchanged', value }
  return {
    kind: 'changed',
    change: { id: token.id, revokedAt: now },
    value,
    entries: [
      {
        action: 'service.gate_token_revoked',
        data: { tokenId: token.id, service: token.service, name: token.name },
      },
    ],
  }
}

/** The line that a pipeline runs; the token stands in its secret store, never in the line. */
export function gateLine({
  publicUrl,
  service,
  environment,
}: {
  publicUrl: string
  service: string
  environment: string
}): string {
  return `curl --fail-with-body -sS -H "Authorization: Bearer $COUNTERSIGN_TOKEN" \\\n  "${publicUrl}/api/v1/gate?service=${service}&environment=${environment}"`
}
