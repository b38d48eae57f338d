import { beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '#lib/audit/chain.ts'
import { openRun } from '#lib/runs/commands/open-run.ts'
import { abort } from '#lib/runs/commands/steps.ts'
import { db } from '#lib/server/db.ts'
import { publishTemplate } from '#lib/templates/commands.ts'
import { act, codeOf, done, linesOf, makeTeam } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { boardOf, CHECKLIST, itemOf, makeScene, type OpenedScene, openScene, type Scene } from './fixture.ts'

useTestDatabase()

let scene: Scene
let opened: OpenedScene

const input = (more: Record<string, unknown> = {}) => ({
  team: scene.team.slug,
  service: 'web',
  environment: 'production',
  template: 'small',
  version: 'v1.0.0',
  commit: '8F3C2D1',
  ...more,
})
const open = (more: Record<string, unknown> = {}) => act(openRun, scene.ana.principal, input(more))

beforeAll(async () => {
  scene = await makeScene()
})

describe('opening a run', () => {
  it('copies items and steps, resolves the slots’ scope, and begins a log of its own', async () => {
    const model = (await db().templateVersion.findFirstOrThrow({ where: { teamId: scene.team.teamId } }))
      .model as {
      facts: { key: string; itemKeys: string[] }[]
    }
    const fact = model.facts[0]
    const keys = fact?.itemKeys ?? []
    opened = await openScene(scene, {
      artifactDigest: ` sha256:${'A'.repeat(64)} `,
      changeTicket: 'CHG-1',
      windowStart: '2026-11-23T16:00:00Z',
      windowEnd: '2026-11-23T18:30:00+01:00',
      facts: { [fact?.key ?? '']: false },
      notApplicable: keys,
    })
    expect(opened.number).toBe(1)
    const board = await boardOf(opened, scene.bo)
    expect(board.run).toMatchObject({
      state: 'preparing',
      commit: '8f3c2d1',
      artifactDigest: `sha256:${'a'.repeat(64)}`,
      changeTicket: 'CHG-1',
      windowStart: Date.UTC(2026, 10, 23, 16),
      windowEnd: Date.UTC(2026, 10, 23, 17, 30),
      openedBy: { name: 'Ana' },
    })
    expect(board.items.map(({ kind, stage, text }) => `${stage} ${kind} ${text}`)).toEqual([
      'prepare item Tests pass',
      'prepare item Backup done',
      'prepare item Update status page (if applicable)',
      'prepare item Headers are set',
      'prepare item Access reviewed',
      'deploy item Cluster healthy',
      'deploy step Roll out',
      'verify item Application loads',
      'rollback step Undo',
      'rollback item Notify stakeholders',
    ])
    expect(board.slots.map(({ role, itemCount, whoCan }) => [role, itemCount, whoCan])).toEqual([
      ['Developer', 5, ['Ana']],
      ['Security', 2, ['Cy']],
    ])
    expect(keys).toHaveLength(1)
    const status = await itemOf(opened, scene.bo, 'Update status page')
    expect(status).toMatchObject({
      state: 'not_applicable',
      version: 1,
      seq: 2,
      by: { name: 'Ana' },
      can: { verify: true, tick: false },
    })
    expect(status.line?.text).toMatch(/^Not applicable · “.+ No\.” · Ana \d\d:\d\d UTC$/)

    const lines = await linesOf(opened.runId)
    expect(lines.map(({ seq, action }) => [seq, action])).toEqual([
      [1, 'run.opened'],
      [2, 'run.item_marked_not_applicable'],
    ])
    expect(lines[0]?.data).toMatchObject({
      runId: opened.runId,
      number: 1,
      service: 'web',
      environment: 'production',
      sample: false,
    })
    expect(JSON.stringify(lines)).not.toContain('No.')
    expect((await linesOf(scene.team.streamId)).at(-1)).toMatchObject({
      action: 'run.opened',
      data: { number: 1 },
    })
    const events = await db().auditEvent.findMany({
      where: { stream: opened.runId },
      orderBy: { seq: 'asc' },
    })
    expect(verifyChain({ stream: opened.runId, events })).toMatchObject({ ok: true })
  })

  it('tells the second which run is live, and where', async () => {
    const again = await open()
    expect(again).toMatchObject({
      ok: false,
      refusal: {
        code: 'run_is_live',
        detail: { number: 1, path: `/${scene.team.slug}/runs/web/1` },
        message: expect.stringContaining('Web #1'),
      },
    })
    expect(await done(open({ environment: 'staging' }))).toMatchObject({ number: 2 })
  })

  it('lets one of several win when they open at once', async () => {
    const fresh = await makeScene()
    const answers = await Promise.all(
      [fresh.ana, fresh.bo, fresh.cy, fresh.team.owner].map((person) =>
        codeOf(act(openRun, person.principal, { ...input(), team: fresh.team.slug })),
      ),
    )
    expect(answers.toSorted()).toEqual(['ok', 'run_is_live', 'run_is_live', 'run_is_live'])
  })

  it('opens the next one once the first is over', async () => {
    await done(act(abort, scene.bo.principal, { ...opened.address, reason: 'Wrong branch' }))
    expect(await done(open())).toMatchObject({ number: 3 })
  })

  it('names the fields that are wrong', async () => {
    const wrong = await open({ commit: 'main', version: ' ', artifactDigest: 'abc', windowStart: 'soon' })
    expect(wrong).toMatchObject({
      ok: false,
      refusal: {
        code: 'invalid',
        fields: {
          commit: expect.any(String),
          version: expect.any(String),
          artifactDigest: expect.any(String),
          windowStart: expect.any(String),
        },
      },
    })
    const turned = await open({ windowStart: '2026-11-23T18:00:00Z', windowEnd: '2026-11-23T17:00:00Z' })
    expect(turned).toMatchObject({ ok: false, refusal: { fields: { windowEnd: expect.any(String) } } })
  })

  it('sets nothing n/a that no answer rules out', async () => {
    const fresh = await makeScene()
    const first = act(openRun, fresh.ana.principal, {
      ...input(),
      team: fresh.team.slug,
      notApplicable: ['tests-pass'],
    })
    expect(await codeOf(first)).toBe('invalid')
  })

  it('refuses an old version of the template, an outsider, who may only read, and what is another team’s', async () => {
    const fresh = await makeScene()
    const at = { ...input(), team: fresh.team.slug }
    await done(
      act(publishTemplate, fresh.ana.principal, {
        team: fresh.team.slug,
        template: 'small',
        source: `${CHECKLIST}\n`,
      }),
    )
    expect(await codeOf(act(openRun, fresh.ana.principal, { ...at, templateNumber: 1 }))).toBe(
      'template_moved',
    )
    expect(await codeOf(act(openRun, fresh.eve.principal, at))).toBe('forbidden')
    const other = await makeTeam()
    expect(await codeOf(act(openRun, other.owner.principal, at))).toBe('not_found')
    expect(await codeOf(act(openRun, other.owner.principal, { ...at, team: other.slug }))).toBe('not_found')
    expect(await codeOf(act(openRun, fresh.ana.principal, { ...at, environment: 'absent' }))).toBe(
      'not_found',
    )
  })
})
