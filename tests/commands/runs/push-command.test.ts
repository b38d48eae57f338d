import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHeartbeat } from '#lib/cli/commands/heartbeat.ts'
import { runReport } from '#lib/cli/commands/report.ts'
import { db } from '#lib/server/db.ts'
import { makeGateToken } from '#lib/services/commands/make-gate-token.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { itemOf, makeScene, type OpenedScene, openScene } from './fixture.ts'
import { type PushServer, pushServer } from './push-server.ts'

useTestDatabase()

const CHECKLIST = `# Pushed

- [ ] Tests pass <!-- probe: report tests "unit" expect failed == 0 -->
- [ ] Backup done <!-- probe: heartbeat "backup" expect age < 24h, size > 0B -->

## Sign-off

| Role | Name | Date | Signature |
| --- | --- | --- | --- |
| Developer | | | |
`
const JUNIT = '<testsuite tests="1"><testcase classname="a" name="one"/></testsuite>'

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-push-'))
let scene: OpenedScene
let token = ''
let url = ''
let server: PushServer

beforeAll(async () => {
  scene = await openScene(await makeScene({ source: CHECKLIST }))
  const { team, service } = scene
  const input = {
    team: team.slug,
    service,
    environment: null,
    scopes: ['evidence' as const],
    name: 'CI',
    days: 30 as const,
  }
  token = (await done(act(makeGateToken, team.owner.principal, input))).token
  server = await pushServer()
  url = server.url
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(folder, name)
  writeFileSync(at, content)
  return at
}

type Command = typeof runReport
const PLACE = ['--service', 'web', '--environment', 'production']

async function call(command: Command, args: string[], environment?: Record<string, string>) {
  const out: string[] = []
  const err: string[] = []
  const sink = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) }
  const given = environment ?? { COUNTERSIGN_TOKEN: token, COUNTERSIGN_URL: url }
  return { code: await command(args, sink, given), out: out.join('\n'), err: err.join('\n') }
}
const report = (args: string[], environment?: Record<string, string>) =>
  call(runReport, [...args, ...PLACE], environment)
const heartbeat = (args: string[]) => call(runHeartbeat, [...args, ...PLACE])

describe('countersign report', () => {
  it('pushes, says which items look at it, and when there is nothing new', async () => {
    const junit = file('junit.xml', JUNIT)
    const { key } = await itemOf(scene, scene.ana, 'Tests pass')
    server.sick = 1
    const first = await report([junit, '--commit', '8f3c2d1', '--name', 'unit'])
    expect(first).toEqual({ code: 0, out: `Reported to web #1 (junit): ${key}.`, err: '' })
    const again = await report([junit, '--commit', '8f3c2d1', '--name', 'unit', '--json'])
    expect(again.code).toBe(0)
    expect(JSON.parse(again.out)).toMatchObject({ ok: true, created: false, run: 1, format: 'junit' })
    const unnamed = await report([junit, '--commit', '8f3c2d1'])
    expect(unnamed).toMatchObject({ code: 0, out: expect.stringContaining('Items wait for --name unit') })
  })

  it('says that what is of another commit was kept for a run of it, and until when', async () => {
    const junit = file('junit.xml', JUNIT)
    const other = [junit, '--commit', 'f'.repeat(40)]
    const kept = await report(other)
    expect(kept).toEqual({
      code: 0,
      out: `This is of commit ${'f'.repeat(40)}, and web #1, which is open in production, is of commit 8f3c2d1 and takes no report of another. It is kept for 7 days and counts as soon as a run of ${'f'.repeat(40)} is open.`,
      err: '',
    })
    const json = await report([...other, '--json'])
    expect(JSON.parse(json.out)).toMatchObject({ ok: true, kept: true, created: false, runCommit: '8f3c2d1' })
    const staging = await call(runReport, [...other, '--service', 'web', '--environment', 'staging'])
    expect(staging.out).toContain('no run of it is open for web in staging. It is kept for 7 days')
  })

  it('exits 4 where the run that it names is not open for this commit, and 0 when that is no matter', async () => {
    const junit = file('junit.xml', JUNIT)
    const other = [junit, '--commit', 'f'.repeat(40), '--run', '1']
    const refused = await report(other)
    expect(refused).toMatchObject({ code: 4, out: '', err: expect.stringContaining('8f3c2d1') })
    expect(await report([...other, '--if-run'])).toMatchObject({ code: 0 })
    const json = await report([...other, '--json'])
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, code: 'other_commit' })
  })

  it('exits 1 where it is refused, with the place or the field', async () => {
    const broken = file('broken.xml', '<testsuite>\n<testcase')
    const refused = await report([broken, '--commit', '8f3c2d1', '--if-run'])
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/^Line 2, column /) })
    const wrong = await report([file('junit.xml', JUNIT), '--commit', 'main'])
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('commit: ') })
    const unknown = { COUNTERSIGN_TOKEN: 'csg_unknown', COUNTERSIGN_URL: url }
    expect(await report([file('junit.xml', JUNIT), '--commit', '8f3c2d1'], unknown)).toMatchObject({
      code: 1,
    })
  })

  it('exits 3 for a wrong call, a file that is not there or too large, and a server that is not there', async () => {
    const junit = file('junit.xml', JUNIT)
    const large = file('large.xml', new Uint8Array(10_000_001))
    expect(await report([junit])).toMatchObject({ code: 3, err: expect.stringContaining('--commit') })
    expect(await report([])).toMatchObject({ code: 3, err: expect.stringContaining('Usage') })
    expect(await report([junit, '--wrong', '--commit', '8f3c2d1'])).toMatchObject({ code: 3 })
    expect(await report([`${folder}/none.xml`, '--commit', '8f3c2d1'])).toMatchObject({ code: 3 })
    expect(await report([large, '--commit', '8f3c2d1'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('10 MB'),
    })
    expect(await report([junit, '--commit', '8f3c2d1'], {})).toMatchObject({ code: 3 })
    expect(await call(runReport, ['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Usage'),
    })
  })
})

describe('countersign heartbeat', () => {
  it('says that a job ended, with the size of what it made', async () => {
    const dump = file('db.dump', 'x'.repeat(123))
    const { key } = await itemOf(scene, scene.ana, 'Backup done')
    const sent = await heartbeat(['backup', '--status', 'ok', '--size-of', dump])
    expect(sent).toEqual({ code: 0, out: `Heartbeat backup kept; web #1 looks at ${key}.`, err: '' })
    expect(await db().heartbeat.findFirstOrThrow({ where: { teamId: scene.team.teamId } })).toMatchObject({
      name: 'backup',
      sizeBytes: 123n,
      status: 'ok',
    })
  })

  it('exits 1 where it is refused and 3 for a wrong call', async () => {
    expect(await heartbeat(['backup', '--status', 'done'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('status: '),
    })
    expect(await heartbeat(['backup', '--size', 'large'])).toMatchObject({ code: 3 })
    expect(await heartbeat(['backup', '--size-of', `${folder}/none`])).toMatchObject({ code: 3 })
    expect(await heartbeat([])).toMatchObject({ code: 3 })
  })
})
