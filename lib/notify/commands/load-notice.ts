import type { NoticeAbout } from '#lib/notify/notice-text.ts'
import type { Surroundings } from '#lib/notify/receivers.ts'
import type { BoardItem } from '#lib/runs/board-snapshot.ts'
import type { RuleRun } from '#lib/runs/run-facts.ts'
import { env } from '#lib/server/env.ts'
import { isMailReady } from '#lib/server/mail.ts'
import type { SqlTx } from '#lib/server/sql.ts'
import { parseAllowEntry } from '#lib/shared/allow-entry.ts'
import { paths } from '#lib/shared/paths.ts'

type PlaceRow = {
  team: string
  slug: string
  sample: boolean
  service: string
  serviceSlug: string
  environment: string
  number: number
  variables: Record<string, string>
  secretNames: string[]
  allowList: string[]
  holders: Surroundings['holders'] | null
}

/** What a notice of this run can say and whom it can reach, as the environment and the team are now. */
export async function loadAround({
  tx,
  run,
  item,
}: {
  tx: SqlTx
  run: RuleRun
  item: Pick<BoardItem, 'key' | 'text' | 'stage'>
}): Promise<{ about: NoticeAbout; around: Surroundings } | null> {
  const rows = await tx.$queryRaw<PlaceRow[]>`
    SELECT t.name AS team, t.slug, t.sample, s.name AS service, s.slug AS "serviceSlug", e.name AS environment, r.number, e.variables,
           e.allow_list AS "allowList", ARRAY(SELECT x.name FROM environment_secret x WHERE x.environment_id = e.id) AS "secretNames",
           (SELECT jsonb_agg(jsonb_build_object('role', sr.name, 'memberId', m.id, 'name', u.name, 'email', u.email) ORDER BY lower(u.name), m.id)
            FROM signoff_role sr JOIN member_role mr ON mr.role_id = sr.id
            JOIN member m ON m.id = mr.member_id AND m.deactivated_at IS NULL
            JOIN user_account u ON u.id = m.user_id AND u.deactivated_at IS NULL
            WHERE sr.team_id = r.team_id) AS holders
    FROM run r JOIN team t ON t.id = r.team_id JOIN service s ON s.id = r.service_id JOIN environment e ON e.id = r.environment_id
    WHERE r.id = ${run.id}::uuid`
  const [row] = rows
  if (!row) return null
  const address = { team: row.slug, service: row.serviceSlug, number: row.number, itemKey: item.key }
  return {
    about: {
      team: row.team,
      sample: row.sample,
      service: row.service,
      environment: row.environment,
      number: row.number,
      release: run.release,
      item: { text: item.text, stage: item.stage },
      runUrl: `${env().PUBLIC_URL}${paths.runItem(address)}`,
    },
    around: {
      variables: row.variables,
      secretNames: row.secretNames,
      environmentName: row.environment,
      allowList: row.allowList.flatMap((text) => {
        const parsed = parseAllowEntry(text)
        return parsed.ok ? [parsed.value] : []
      }),
      holders: row.holders ?? [],
      isMailReady: isMailReady(),
    },
  }
}
