import type { Link } from '#lib/notify/acknowledgement.ts'
import type { Standing } from '#lib/runs/item-change.ts'
import { type ItemRow, type RunRow, ruleItem, ruleRun } from '#lib/runs/rows.ts'
import type { SqlTx } from '#lib/server/sql.ts'

type LinkRow = {
  team_id: string
  team: string
  service: string
  environment: string
  number: number
  run: RunRow
  item: ItemRow
  covering: Standing[] | null
  notice: Link['notice']
  receiver: Link['receiver']
  receivers: number
  acknowledged: number
}

export type FoundLink = {
  teamId: string
  team: string
  service: string
  environment: string
  number: number
  link: Link
  receivers: number
  acknowledged: number
  covering: Standing[]
}

/** What a link leads to, by the hash of its secret end; null when no link has it. Everything at one moment. */
export async function loadLink(tx: SqlTx, tokenHash: Uint8Array): Promise<FoundLink | null> {
  const rows = await tx.$queryRaw<LinkRow[]>`
    SELECT r.team_id, t.name AS team, s.name AS service, e.name AS environment, r.number,
      jsonb_build_object('id', r.id, 'state', r.state, 'version', r.version, 'commit', r.commit, 'artifact_digest', r.artifact_digest,
        'author_id', author_of(r), 'author_name', r.author_name, 'template_hash', r.template_hash,
        'window_start', r.window_start, 'window_end', r.window_end) AS run,
      to_jsonb(i) AS item,
      (SELECT jsonb_agg(jsonb_build_object('role', so.role, 'memberId', so.member_id))
       FROM signoff so JOIN run_slot sl ON sl.run_id = so.run_id AND sl.role = so.role
       WHERE so.run_id = r.id AND so.superseded_at IS NULL AND so.stale_at IS NULL AND so.decision <> 'recuse'
         AND i.key = ANY(sl.scope)) AS covering,
      jsonb_build_object('id', n.id, 'sentBy', jsonb_build_object('memberId', n.sent_by, 'name', n.sent_by_name),
        'sentAt', (extract(epoch FROM n.sent_at) * 1000)::bigint, 'expiresAt', (extract(epoch FROM n.expires_at) * 1000)::bigint, 'need', n.need,
        'release', jsonb_build_object('version', n.version, 'commit', n.commit, 'artifactDigest', n.artifact_digest)) AS notice,
      jsonb_build_object('id', x.id, 'label', x.label,
        'member', CASE WHEN m.id IS NOT NULL THEN jsonb_build_object('memberId', m.id, 'name', u.name) END,
        'hasLeft', x.member_id IS NOT NULL AND m.id IS NULL,
        'acknowledged', CASE WHEN x.acknowledged_at IS NOT NULL THEN jsonb_build_object('name', x.acknowledged_by,
          'at', (extract(epoch FROM x.acknowledged_at) * 1000)::bigint) END) AS receiver,
      (SELECT count(*)::int FROM notice_receiver WHERE notice_id = n.id) AS receivers,
      (SELECT count(*)::int FROM notice_receiver WHERE notice_id = n.id AND acknowledged_at IS NOT NULL) AS acknowledged
    FROM notice_receiver x JOIN notice n ON n.id = x.notice_id JOIN run_item i ON i.id = n.item_id JOIN run r ON r.id = n.run_id
    JOIN team t ON t.id = r.team_id JOIN service s ON s.id = r.service_id JOIN environment e ON e.id = r.environment_id
    LEFT JOIN member m ON m.id = x.member_id AND m.deactivated_at IS NULL LEFT JOIN user_account u ON u.id = m.user_id
    WHERE x.token_hash = ${tokenHash}`
  const [row] = rows
  if (!row) return null
  const { team_id: teamId, team, service, environment, number, notice, receiver } = row
  return {
    teamId,
    team,
    service,
    environment,
    number,
    link: { run: ruleRun(row.run), item: ruleItem(row.item), notice, receiver },
    receivers: row.receivers,
    acknowledged: row.acknowledged,
    covering: row.covering ?? [],
  }
}
