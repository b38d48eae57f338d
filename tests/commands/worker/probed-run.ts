import { randomUUID } from 'node:crypto'
import { openRun } from '#lib/runs/commands/open-run.ts'
import type { ItemFold } from '#lib/runs/fold.ts'
import { db } from '#lib/server/db.ts'
import { changeEnvironment } from '#lib/services/commands/change-environment.ts'
import { createService } from '#lib/services/commands/create-service.ts'
import { publishTemplate } from '#lib/templates/commands.ts'
import { act, addMember, done, makeTeam, type Person, type TestTeam } from '#tests/commands/teams/people.ts'

export type ProbedRun = {
  team: TestTeam
  ana: Person
  bo: Person
  runId: string
  address: { team: string; service: string; number: number }
  /** Keys of the items in document order. */
  keys: string[]
}

export type Row = { key: string; state: string; grade: string; version: number; fold: ItemFold }

const SIGN_OFF = `## Sign-off

| Role | Name | Date | Signature |
| --- | --- | --- | --- |
| Developer | | | |
`

/** An item whose probe asks for `path` of the environment's BASE_URL. */
export function probed(text: string, path: string, expected = 'status == 200'): string {
  return `- [ ] ${text} <!-- probe: http \${BASE_URL}${path} expect ${expected} -->`
}

/** A checklist of `lines`, a run of it in an environment whose BASE_URL is `target`, and two members who may work on it. */
export async function openProbedRun({
  lines,
  target,
  allowList,
}: {
  lines: string[]
  target: string
  allowList?: string
}): Promise<ProbedRun> {
  const team = await makeTeam()
  const ana = await addMember(team, { name: 'Ana', roles: ['Developer'] })
  const bo = await addMember(team, { name: 'Bo', roles: ['Reviewer'] })
  const owner = team.owner.principal
  const { slug: service } = await done(act(createService, owner, { team: team.slug, name: 'web' }))
  const environment = await db().environment.findFirstOrThrow({ where: { teamId: team.teamId } })
  await done(
    act(changeEnvironment, owner, {
      team: team.slug,
      service,
      environment: environment.slug,
      variables: `BASE_URL=${target}`,
      allowList: allowList ?? new URL(target).host,
      version: environment.version,
    }),
  )
  const source = `# Checklist ${randomUUID()}\n\n${lines.join('\n')}\n\n${SIGN_OFF}`
  const published = await done(act(publishTemplate, owner, { team: team.slug, name: 'Web', source }))
  const opened = await done(
    act(openRun, ana.principal, {
      team: team.slug,
      service,
      environment: environment.slug,
      template: published.slug,
      version: 'v1.0.0',
      commit: '8f3c2d1',
    }),
  )
  const items = await db().runItem.findMany({ where: { runId: opened.runId }, orderBy: { ordinal: 'asc' } })
  return {
    team,
    ana,
    bo,
    runId: opened.runId,
    address: { team: team.slug, service: opened.service, number: opened.number },
    keys: items.map(({ key }) => key),
  }
}

export async function rowsOf({ runId }: ProbedRun): Promise<Row[]> {
  const rows = await db().runItem.findMany({ where: { runId }, orderBy: { ordinal: 'asc' } })
  return rows.map(({ key, state, grade, version, fold }) => ({
    key,
    state,
    grade,
    version,
    fold: fold as unknown as ItemFold,
  }))
}

export async function attemptsOf({
  runId,
}: ProbedRun): Promise<{ id: string; state: string; fence: number }[]> {
  return db().probeAttempt.findMany({
    where: { runId },
    orderBy: { requestedAt: 'asc' },
    select: { id: true, state: true, fence: true },
  })
}

/** Waits for what a worker does beside the test; says what it waited for when it does not come. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  seconds = 20,
): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export function settled(run: ProbedRun): Promise<void> {
  return until('every attempt has ended', async () =>
    (await attemptsOf(run)).every(({ state }) => state !== 'queued' && state !== 'running'),
  )
}

/** A standing "go" of the Developer slot, written past the door: what matters here is what makes it stale. */
export async function signAsDeveloper({ team, runId, ana }: ProbedRun): Promise<void> {
  await db().signoff.create({
    data: {
      id: randomUUID(),
      teamId: team.teamId,
      runId,
      role: 'Developer',
      memberId: ana.memberId,
      memberName: ana.name,
      decision: 'go',
      meaning: 'go',
      method: 'password',
      manifest: '{}',
      manifestHash: '0',
      scopeDigest: '0',
      scopeText: '{}',
      signedAt: new Date(),
    },
  })
}

export async function staleReason({ runId }: ProbedRun): Promise<string | null> {
  return (await db().signoff.findFirstOrThrow({ where: { runId } })).staleReason
}
