import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/server/db.ts'
import { programme, titled } from '#tests/peers/processes.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { makeScene, type OpenedScene, openScene } from './fixture.ts'
import { type PushServer, pushServer } from './push-server.ts'
import { CHECKLIST, FULL, junit, tokenOf } from './pushing.ts'

useTestDatabase()

const CURL = programme('curl')
const folder = mkdtempSync(path.join(tmpdir(), 'countersign-lines-'))
const PAGE = readFileSync('docs/evidence.md', 'utf8')
const LINES = [...PAGE.matchAll(/^```bash\n([\s\S]*?)^```/gm)].map(([, line = '']) => line)
let scene: OpenedScene
let server: PushServer
let token = ''

beforeAll(async () => {
  scene = await openScene(await makeScene({ source: CHECKLIST }))
  token = (await tokenOf(scene)).token
  server = await pushServer()
  mkdirSync(path.join(folder, 'bin'))
  // What stands around the line on a pipeline's machine.
  const programs = {
    git: `echo ${FULL}`,
    pg_dump: 'echo dump',
    npx: `shift; shift; exec '${process.execPath}' '${path.resolve('lib/cli/countersign.mjs')}' "$@"`,
  }
  for (const [name, body] of Object.entries(programs)) {
    const file = path.join(folder, 'bin', name)
    writeFileSync(file, `#!/bin/sh\n${body}\n`)
    chmodSync(file, 0o755)
  }
  for (const name of ['report.xml', 'junit.xml']) writeFileSync(path.join(folder, name), junit())
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

/** Runs what the page says, with this server in place of the example's and the optional words taken at their word. */
function run(line: string, more: Record<string, string> = {}) {
  const said = line
    .replaceAll('https://countersign.example.com', server.url)
    .replaceAll('/backup/', `${folder}/`)
    .replace('pg_dump …', 'pg_dump')
    .replace(' [--name unit] [--if-run] [--json]', ' --json')
  const env = { ...process.env, PATH: `${folder}/bin:${process.env.PATH}`, COUNTERSIGN_TOKEN: token, ...more }
  return new Promise<{ code: number; out: string }>((resolve) => {
    execFile('bash', ['-euo', 'pipefail', '-c', said], { cwd: folder, env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: `${out}${err}` }),
    )
  })
}

it('are all found', () => {
  expect(LINES.map((line) => line.match(/curl|npx/)?.[0])).toEqual(['curl', 'npx', 'curl'])
})

describe.skipIf(CURL === undefined)(titled('the lines of the page', CURL, 'curl'), () => {
  it('push a report by curl and by the command', async () => {
    const [curl = '', command = ''] = LINES
    const first = await run(curl)
    expect(first.code, first.out).toBe(0)
    expect(JSON.parse(first.out)).toMatchObject({ created: true, run: scene.number, format: 'junit' })
    const second = await run(command)
    expect(second.code, second.out).toBe(0)
    expect(JSON.parse(second.out)).toMatchObject({ ok: true, created: false, run: scene.number })
    // The token is what makes them work.
    expect((await run(curl, { COUNTERSIGN_TOKEN: 'csg_unknown' })).code).not.toBe(0)
  })

  it('send a heartbeat by curl and by the command', async () => {
    const beats = () => db().heartbeat.count({ where: { teamId: scene.team.teamId } })
    const curl = await run(LINES[2] ?? '')
    expect(curl.code, curl.out).toBe(0)
    expect(await beats()).toBe(1)
    const inline = /`(npx --no countersign heartbeat [^`]*)`/.exec(PAGE)?.[1] ?? ''
    const command = await run(inline, { COUNTERSIGN_URL: server.url })
    expect(command.code, command.out).toBe(0)
    expect(await beats()).toBe(2)
  })

  it('push a report from GitHub and GitLab', async () => {
    const lines = [...PAGE.matchAll(/^ +(curl --fail-with-body .*)\n +(".*")/gm)].map(
      ([, one, two]) => `${one} ${two}`,
    )
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      const { code, out } = await run(line, { GITHUB_SHA: FULL, CI_COMMIT_SHA: FULL })
      expect(code, out).toBe(0)
      expect(JSON.parse(out)).toMatchObject({ run: scene.number })
    }
  })
})
