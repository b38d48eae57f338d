import { db } from '#lib/server/db.ts'

type Ground = {
  team_id: string
  service_id: string
  environment_id: string
  version_id: string
  member_id: string
  name: string
}

async function groundOf(team: string): Promise<Ground> {
  const rows = await db().$queryRaw<Ground[]>`
    SELECT t.id AS team_id, s.id AS service_id, e.id AS environment_id, v.id AS version_id, m.id AS member_id, u.name
    FROM team t
    JOIN service s ON s.team_id = t.id JOIN environment e ON e.service_id = s.id
    JOIN template_version v ON v.team_id = t.id
    JOIN member m ON m.team_id = t.id JOIN user_account u ON u.id = m.user_id
    WHERE t.slug = ${team} ORDER BY s.created_at, e.ordinal DESC, v.number DESC, m.created_at LIMIT 1`
  const ground = rows[0]
  if (!ground) throw new Error(`team ${team} needs a service, an environment, a template and a member`)
  return ground
}

/**
 * Inserts `count` runs that are over, with one settled item and one signature each, past the door and in four statements:
 * 100,000 take some seconds. They are numbered on, twenty minutes apart, the last one a day ago; one in forty was rolled
 * back and one in fifty aborted. They have no log: only for measuring reads. The team needs a service, a template, a member.
 */
export async function insertManyRuns({ team, count }: { team: string; count: number }): Promise<void> {
  const { team_id, service_id, environment_id, version_id, member_id, name } = await groundOf(team)
  await db().$transaction(
    async (tx) => {
      const taken = await tx.service.update({
        where: { id: service_id },
        data: { nextRunNumber: { increment: count } },
        select: { nextRunNumber: true },
      })
      const first = taken.nextRunNumber - count
      await tx.$executeRaw`
        INSERT INTO run (id, team_id, service_id, environment_id, number, template_version_id, template_hash, state, version, commit,
                         artifact_digest, change_ticket, facts, opened_by, opened_by_name, opened_at, started_at, deployed_at, ended_at)
        SELECT gen_random_uuid(), ${team_id}::uuid, ${service_id}::uuid, ${environment_id}::uuid, ${first}::int + n, ${version_id}::uuid,
               repeat('0', 64), CASE WHEN n % 50 = 7 THEN 'aborted' WHEN n % 40 = 9 THEN 'rolled_back' ELSE 'closed' END,
               'v' || n / 100 || '.' || n % 100 || '.0', substr(md5(n::text), 1, 12), 'sha256:' || md5(n::text) || md5(n::text),
               'CHG-' || 10000 + n, '{}'::jsonb, ${member_id}::uuid, ${name}, opened, opened + interval '3 minutes',
               opened + interval '8 minutes', opened + interval '15 minutes'
        FROM generate_series(0, ${count}::int - 1) n,
             LATERAL (SELECT date_trunc('second', now()) - interval '1 day' - (${count}::int - n) * interval '20 minutes') AS times (opened)`
      await tx.$executeRaw`
        INSERT INTO run_item (id, team_id, run_id, key, kind, ordinal, section_key, stage, text, required, min_grade, needs_note, state, grade,
                              version, fold)
        SELECT gen_random_uuid(), team_id, id, 'all-tests-pass', 'item', 1, 'prepare', 'prepare', 'All tests pass', true, 'claimed', false,
               'passed', 'claimed', 1, '{"tick":null,"witnesses":[],"notApplicable":null,"fail":null,"seen":null,"attempt":null,"attempts":0,"notes":[]}'::jsonb
        FROM run WHERE service_id = ${service_id}::uuid AND number >= ${first}::int`
      await tx.$executeRaw`
        INSERT INTO signoff (id, team_id, run_id, role, member_id, member_name, decision, meaning, method, manifest, manifest_hash,
                             scope_digest, scope_text, signed_at)
        SELECT gen_random_uuid(), team_id, id, 'Developer', ${member_id}::uuid, ${name}, 'go', 'I have checked this', 'password', '{}',
               repeat('0', 64), repeat('0', 64), '{}', opened_at + interval '2 minutes'
        FROM run WHERE service_id = ${service_id}::uuid AND number >= ${first}::int`
    },
    { maxWait: 10_000, timeout: 300_000 },
  )
}
