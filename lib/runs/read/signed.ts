import type { MemberActor } from '#lib/access/actor.ts'
import { type Manifest, manifestHash, readManifest } from '#lib/runs/manifest.ts'
import { db } from '#lib/server/db.ts'
import type { Decision } from '#lib/shared/codes.ts'

/** A signature with the text that it covers, as it was shown to the signer. Times are milliseconds. */
export type SignedView = {
  manifest: Manifest
  text: string
  hash: string
  /** Whether the kept text still has the digest that was signed. */
  holds: boolean
  name: string
  role: string
  decision: Decision
  meaning: string
  reason: string | null
  method: string
  signedAt: number
  staleReason: string | null
  superseded: boolean
}

/** What was signed under a digest in one run, or null when there is no such signature in the actor's team. */
export async function getSigned(
  actor: MemberActor,
  { service, number, hash }: { service: string; number: number; hash: string },
): Promise<SignedView | null> {
  const rows = await db().$queryRaw<
    (Omit<SignedView, 'manifest' | 'hash' | 'holds' | 'signedAt'> & { signedAt: Date })[]
  >`
    SELECT so.manifest AS text, so.member_name AS name, so.role, so.decision, so.meaning, so.method, x.body AS reason,
      so.signed_at AS "signedAt", so.stale_reason AS "staleReason", so.superseded_at IS NOT NULL AS superseded
    FROM signoff so JOIN run r ON r.id = so.run_id JOIN service s ON s.id = r.service_id
    LEFT JOIN audit_text x ON x.id = so.reason_id
    WHERE r.team_id = ${actor.team.id}::uuid AND s.slug = ${service} AND r.number = ${number} AND so.manifest_hash = ${hash}
    ORDER BY so.signed_at DESC LIMIT 1`
  const row = rows[0]
  if (!row) return null
  const { text, signedAt } = row
  return {
    ...row,
    signedAt: signedAt.getTime(),
    hash,
    holds: manifestHash(text) === hash,
    manifest: readManifest(text),
  }
}
