import type { Actor } from '#lib/access/actor.ts'
import { mayDo } from '#lib/access/policy.ts'
import { db } from '#lib/server/db.ts'
import { decideGate, type GateAnswer } from '../gate.ts'
import { type ItemRow, type RunRow, ruleItem, ruleRun, ruleSlot, type SlotRow } from '../rows.ts'
import { saidProbing, staleProbes } from '../stale-probes.ts'

export type GateView = GateAnswer & {
  service: string
  environment: string
  run: {
    number: number
    version: string
    commit: string
    artifactDigest: string | null
    state: string
  } | null
  /** Milliseconds at which the answer was computed; it is never stored. */
  at: number
  /** Keys of the items whose evidence is too old and whose probe looks again now. */
  probing: string[]
}

/** What the gate's address does beside answering: `stale` are the items whose probes are worth starting again. */
export type AskedGate = GateView & { stale: string[] }

type GateRow = {
  active: string[]
  run: (RunRow & { number: number }) | null
  items: ItemRow[]
  slots: SlotRow[]
  now_ms: number
  environment_id: string
  service_id: string
}

/**
 * The gate of one service and environment as a pipeline asks it: the live run's answer, or NO-GO when there is none.
 * Null when the service or the environment is not there for this actor; a token sees its own service alone.
 */
export async function getGate(
  actor: Actor,
  { service, environment, askedDigest }: { service: string; environment: string; askedDigest: string | null },
): Promise<AskedGate | null> {
  if (mayDo({ actor, verb: 'service.readGate' }) !== true || actor.kind === 'anonymous') return null
  const teamId = actor.team?.id ?? null
  if (teamId === null) return null
  const rows = await db().$queryRaw<GateRow[]>`
    SELECT s.id AS service_id, e.id AS environment_id, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now_ms,
      (SELECT to_json(x) FROM (SELECT r.id, r.state, r.version, r.commit, r.artifact_digest, author_of(r) AS author_id, r.author_name, r.template_hash, r.window_start, r.window_end, r.number) x WHERE r.id IS NOT NULL) AS run,
      (SELECT coalesce(json_agg(i ORDER BY i.ordinal), '[]') FROM run_item i WHERE i.run_id = r.id) AS items,
      (SELECT coalesce(json_agg(i.key), '[]') FROM probe_attempt a JOIN run_item i ON i.id = a.item_id
       WHERE a.run_id = r.id AND a.state IN ('queued', 'running')) AS active,
      (SELECT coalesce(json_agg(x ORDER BY x.ordinal), '[]') FROM (
        SELECT sl.ordinal, sl.role, sl.scope, so.member_id, so.member_name, so.decision, so.signed_at, so.stale_reason, so.manifest_hash, so.scope_digest,
          EXISTS (SELECT FROM member m JOIN member_role mr ON mr.member_id = m.id JOIN signoff_role sr ON sr.id = mr.role_id
                  WHERE m.id = so.member_id AND m.deactivated_at IS NULL AND sr.name = sl.role) AS holds_role
        FROM run_slot sl LEFT JOIN signoff so ON so.run_id = sl.run_id AND so.role = sl.role AND so.superseded_at IS NULL
        WHERE sl.run_id = r.id) x) AS slots
    FROM service s JOIN environment e ON e.service_id = s.id
    LEFT JOIN run r ON r.service_id = s.id AND r.environment_id = e.id AND r.state IN ('preparing','deploying','verifying','rolling_back')
    WHERE s.team_id = ${teamId}::uuid AND s.slug = ${service} AND e.slug = ${environment}`
  const row = rows[0]
  if (!row) return null
  if (
    actor.kind === 'token' &&
    (actor.serviceId !== row.service_id || (actor.environmentId ?? row.environment_id) !== row.environment_id)
  )
    return null
  const at = Math.floor(row.now_ms)
  if (!row.run) {
    const text = `No run is open for ${service} in ${environment}`
    const none = { probing: [], stale: [] }
    return { go: false, reasons: [{ code: 'no_run', text }], service, environment, run: null, at, ...none }
  }
  const run = ruleRun(row.run)
  const items = row.items.map(ruleItem)
  const { go, reasons } = decideGate({ run, items, slots: row.slots.map(ruleSlot), now: at, askedDigest })
  const old = new Set(reasons.flatMap(({ code, itemKey }) => (code === 'evidence_too_old' ? [itemKey] : [])))
  const probing = row.active.filter((key) => old.has(key))
  const stale = staleProbes({ items, reasons, now: at }).filter((key) => !probing.includes(key))
  const { number, version, commit, artifact_digest: artifactDigest, state } = row.run
  return {
    go,
    reasons: saidProbing({ reasons, probing }),
    service,
    environment,
    run: { number, version, commit, artifactDigest, state },
    at,
    probing,
    stale,
  }
}
