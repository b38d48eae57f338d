import type { MemberActor } from '#lib/access/actor.ts'
import { mayDo } from '#lib/access/policy.ts'
import { db } from '#lib/server/db.ts'
import { getGate } from './gate.ts'
import { type HistoryRow, listHistory } from './history.ts'
import { type LiveRun, listLiveRuns } from './live-runs.ts'

/** `go`: the gate's answer now; null once the gate is behind the run. `missing`: open or failed items and unsigned slots. */
export type HomeRun = LiveRun & { go: boolean | null; missing: number }

export type TeamHome = {
  live: HomeRun[]
  recent: HistoryRow[]
  services: number
  templates: number
  can: { openRun: boolean; createService: boolean; publishTemplate: boolean }
}

const RECENT = 8

async function withVerdict(actor: MemberActor, run: LiveRun): Promise<HomeRun> {
  const missing = run.items.total - run.items.settled + (run.slots.total - run.slots.signed)
  if (run.state !== 'preparing' && run.state !== 'deploying') return { ...run, go: null, missing }
  // An open item or an unsigned slot is a reason already; only a run without either is asked in full.
  if (missing > 0) return { ...run, go: false, missing }
  const gate = await getGate(actor, {
    service: run.service.slug,
    environment: run.environment.slug,
    askedDigest: null,
  })
  return { ...run, go: gate?.go === true, missing }
}

/** The team's first page: what is under way, what ended last, and what a new team still lacks. */
export async function getTeamHome(actor: MemberActor): Promise<TeamHome> {
  const teamId = actor.team.id
  const [live, history, services, templates] = await Promise.all([
    listLiveRuns(actor),
    listHistory(actor, { filters: {}, limit: RECENT + 20 }),
    db().service.count({ where: { teamId, archivedAt: null } }),
    db().template.count({ where: { teamId, archivedAt: null } }),
  ])
  return {
    live: await Promise.all(live.map((run) => withVerdict(actor, run))),
    recent: history.rows.filter(({ endedAt }) => endedAt !== null).slice(0, RECENT),
    services,
    templates,
    can: {
      openRun: mayDo({ actor, verb: 'run.open' }) === true,
      createService: mayDo({ actor, verb: 'service.create' }) === true,
      publishTemplate: mayDo({ actor, verb: 'template.publish' }) === true,
    },
  }
}
