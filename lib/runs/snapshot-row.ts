import type { RunState } from '#lib/shared/codes.ts'
import type { ActiveAttempt, BoardEvent, BoardItem, BoardSnapshot } from './board-snapshot.ts'
import { type ItemRow, type RunRow, ruleItem, ruleRun, ruleSlot, type SlotRow } from './rows.ts'

type JsonRun = Omit<RunRow, 'author_id'> & {
  team_id: string
  number: number
  change_ticket: string | null
  revision: number
  facts: Record<string, boolean | null>
  opened_by: string
  opened_by_name: string
  opened_at: string
  started_at: string | null
  deployed_at: string | null
  rollback_at: string | null
  ended_at: string | null
  reason_id: string | null
  state: RunState
}

/** What the run's own row does not hold. */
type JsonAbout = Pick<RunRow, 'author_id'> & {
  service_slug: string
  service_name: string
  environment_slug: string
  environment_name: string
  template_slug: string
  template_name: string
  template_number: number
}

type JsonItem = ItemRow &
  Pick<BoardItem, 'detail' | 'commands' | 'probe' | 'seq'> & { fact_key: string | null }

/** The board's one row as the database gives it. */
export type SnapshotRow = {
  now: number
  seq: number
  sample: boolean
  run: JsonRun
  about: JsonAbout
  model: Pick<BoardSnapshot, 'sections' | 'triggers' | 'facts'>
  items: JsonItem[] | null
  slots: SlotRow[] | null
  holders: { role: string; memberId: string; name: string }[] | null
  texts: Record<string, string | null> | null
  events: BoardEvent[] | null
  presence: BoardSnapshot['presence'] | null
  attempts: ActiveAttempt[] | null
  notices: BoardSnapshot['notices'] | null
}

const ms = (at: string | null): number | null => (at === null ? null : new Date(at).getTime())

function holdersByRole(rows: NonNullable<SnapshotRow['holders']>): BoardSnapshot['holders'] {
  const byRole: Record<string, { memberId: string; name: string }[]> = {}
  for (const { role, memberId, name } of rows) {
    byRole[role] ??= []
    byRole[role].push({ memberId, name })
  }
  return byRole
}

function boardItem(row: JsonItem): BoardItem {
  return {
    ...ruleItem(row),
    detail: row.detail,
    commands: row.commands,
    factKey: row.fact_key,
    probe: row.probe,
    seq: row.seq,
  }
}

export function decodeSnapshot(row: SnapshotRow): BoardSnapshot {
  const { model } = row
  const run = { ...row.run, ...row.about }
  return {
    teamId: run.team_id,
    now: Math.floor(row.now),
    seq: row.seq,
    run: {
      ...ruleRun(run),
      service: { slug: run.service_slug, name: run.service_name },
      environment: { slug: run.environment_slug, name: run.environment_name },
      number: run.number,
      changeTicket: run.change_ticket,
      template: { slug: run.template_slug, name: run.template_name, number: run.template_number },
      revision: run.revision,
      openedBy: { memberId: run.opened_by, name: run.opened_by_name },
      openedAt: new Date(run.opened_at).getTime(),
      startedAt: ms(run.started_at),
      deployedAt: ms(run.deployed_at),
      rollbackAt: ms(run.rollback_at),
      endedAt: ms(run.ended_at),
      reasonId: run.reason_id,
      sample: row.sample,
      answers: run.facts,
    },
    sections: model.sections.map(({ key, title, path, stage }) => ({ key, title, path, stage })),
    triggers: model.triggers.map(({ key, text, sectionKey }) => ({ key, text, sectionKey })),
    facts: model.facts,
    items: (row.items ?? []).map(boardItem),
    slots: (row.slots ?? []).map(ruleSlot),
    texts: row.texts ?? {},
    holders: holdersByRole(row.holders ?? []),
    events: row.events ?? [],
    presence: row.presence ?? [],
    attempts: row.attempts ?? [],
    notices: row.notices ?? {},
  }
}
