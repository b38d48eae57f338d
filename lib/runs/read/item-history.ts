import type { MemberActor } from '#lib/access/actor.ts'
import type { ProbeConfig } from '#lib/probes/config.ts'
import type { Judgement } from '#lib/probes/judgement.ts'
import type { Observation } from '#lib/probes/observation.ts'
import { printProbe } from '#lib/probes/print.ts'
import type { EvidenceKind } from '#lib/runs/evidence.ts'
import type { HistoryRow, ItemHistory } from '#lib/runs/item-history.ts'
import { looksOf, replay } from '#lib/runs/replay.ts'
import { db } from '#lib/server/db.ts'
import type { Outcome, Verdict } from '#lib/shared/codes.ts'

type Row = {
  item_text: string
  n: number | null
  kind: EvidenceKind
  by_name: string
  at: Date
  text_id: string | null
  body: string | null
  over_probe: boolean
  id: string | null
  outcome: Outcome
  verdict: Verdict
  line: string
  config: ProbeConfig
  judgement: Judgement
  observation: Observation
  told_verdict: Verdict | null
  told_line: string | null
}

const isLook = ({ kind }: Row) => kind === 'observation' || kind === 'shadow'

function historyRow(row: Row & { n: number }): HistoryRow {
  const { id, outcome, verdict, line, config, judgement, observation, told_verdict: told } = row
  return {
    n: row.n,
    kind: row.kind,
    by: row.by_name,
    at: row.at.getTime(),
    text: row.text_id === null ? null : (row.body ?? '(erased)'),
    overProbe: row.over_probe,
    told: isLook(row) && id === null && told !== null ? { verdict: told, line: row.told_line ?? '' } : null,
    sentTo: row.kind === 'acknowledgement' ? row.told_line : null,
    observation:
      id === null
        ? null
        : {
            id,
            outcome,
            verdict,
            line,
            probe: printProbe(config),
            judgement,
            seen: observation,
            looks: looksOf({ config, observation }),
            replay: replay({ config, observation, judgement }),
          },
  }
}

/** Most rows of what people did, and of what probes saw: these come by themselves, and must not crowd the others out. */
const ROWS = 200
const LOOKS = 60

/** The last evidence rows of one item with their observations. Null: absent or foreign. */
export async function getItemHistory(
  actor: MemberActor,
  { runId, key }: { runId: string; key: string },
): Promise<ItemHistory | null> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT i.text AS item_text, e.n, e.kind, e.by_name, e.at, coalesce(e.text_id, n.message_id) AS text_id, coalesce(x.body, letter.body) AS body,
           e.kind = 'tick' AND e.config_hash IS NOT NULL AS over_probe,
           o.id, o.outcome, o.verdict, o.line, o.config, o.judgement, o.observation,
           e.verdict AS told_verdict, e.line AS told_line
    FROM run_item i
    LEFT JOIN LATERAL (
      (SELECT * FROM evidence p WHERE p.item_id = i.id AND p.kind NOT IN ('observation', 'shadow') ORDER BY p.n DESC LIMIT ${ROWS}::int)
      UNION ALL
      (SELECT * FROM evidence p WHERE p.item_id = i.id AND p.kind IN ('observation', 'shadow') ORDER BY p.n DESC LIMIT ${LOOKS}::int)
    ) e ON true
    LEFT JOIN audit_text x ON x.id = e.text_id
    LEFT JOIN notice n ON n.id = e.notice_id AND e.kind = 'notice'
    LEFT JOIN audit_text letter ON letter.id = n.message_id
    LEFT JOIN observation o ON o.id = e.observation_id
    WHERE i.team_id = ${actor.team.id}::uuid AND i.run_id = ${runId}::uuid AND i.key = ${key}
    ORDER BY e.n DESC`
  const first = rows[0]
  if (!first) return null
  const found = rows.filter((row): row is Row & { n: number } => row.n !== null)
  return { key, text: first.item_text, rows: found.map(historyRow) }
}
