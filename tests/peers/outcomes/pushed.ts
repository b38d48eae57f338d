import { randomBytes } from 'node:crypto'
import { POST } from '#app/api/v1/heartbeats/[name]/route.ts'
import { PUT } from '#app/api/v1/reports/route.ts'
import { observePushed } from '#lib/runs/worker/pushed.ts'
import { makeGateToken } from '#lib/services/commands/make-gate-token.ts'
import { makeScene, openScene } from '#tests/commands/runs/fixture.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { type KindOutcomes, type Pushed, scene } from './scene.ts'

const COMMIT = '8f3c2d1'.padEnd(40, '0')
type Call = (token: string) => Promise<number>

/** An open run, what `calls` push to it through the interface of the product, and the look at what came of it. */
async function pushed(probe: string, ...calls: [call: Call, status: number][]): Promise<Pushed> {
  const open = await openScene(await makeScene(), { commit: COMMIT })
  const { team, service, runId } = open
  const name = `CI ${randomBytes(4).toString('hex')}`
  const input = {
    team: team.slug,
    service,
    environment: null,
    scopes: ['evidence' as const],
    days: 30 as const,
    name,
  }
  const { token } = await done(act(makeGateToken, team.owner.principal, input))
  for (const [call, wanted] of calls) {
    const status = await call(token)
    if (status !== wanted) throw new Error(`answered ${status}, not ${wanted}`)
  }
  return {
    probe,
    seen: (config) => {
      if (config.kind !== 'report' && config.kind !== 'heartbeat') throw new Error(config.kind)
      return observePushed({ runId, config })
    },
  }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const file = (body: string): Call =>
  async function send(token) {
    const asked = new URLSearchParams({ service: 'web', environment: 'production', commit: COMMIT })
    const request = new Request(`http://localhost/api/v1/reports?${asked}`, {
      ...{ method: 'PUT', headers: bearer(token), body },
    })
    return (await PUT(request, { params: Promise.resolve({}) })).status
  }
function junit({ failed = 0, skipped = 0 } = {}): Call {
  const inside = failed > 0 ? '<failure message="boom"/>' : skipped > 0 ? '<skipped/>' : ''
  return file(
    `<testsuites><testsuite name="s" tests="1" failures="${failed}" skipped="${skipped}"><testcase classname="a" name="b">${inside}</testcase></testsuite></testsuites>`,
  )
}
const TESTS = 'report tests expect failed == 0'
export const report: KindOutcomes = {
  pass: scene('the newest report says what is asked', '0 of 1 failed', () => pushed(TESTS, [junit(), 201])),
  warn: scene('a `warn` does not hold', '1 passed', () =>
    pushed(`${TESTS}, warn passed >= 9`, [junit(), 201]),
  ),
  fail: scene('it says otherwise', '1 failed', () => pushed(TESTS, [junit({ failed: 1 }), 201])),
  inconclusive: scene('none was pushed for this commit, it is too old, or nothing ran', 'skipped', () =>
    pushed(TESTS, [junit({ skipped: 1 }), 201]),
  ),
  error: { never: 'what cannot be read is refused when it is pushed, with line and column' },
}

const beat = (said: object): Call =>
  async function call(token) {
    const request = new Request(
      'http://localhost/api/v1/heartbeats/backup?service=web&environment=production',
      { method: 'POST', headers: bearer(token), body: JSON.stringify(said) },
    )
    return (await POST(request, { params: Promise.resolve({ name: 'backup' }) })).status
  }
const BACKUP = 'heartbeat "backup" expect age < 24h'
export const heartbeat: KindOutcomes = {
  pass: scene('the last call says what is asked', 'ms old', () => pushed(BACKUP, [beat({}), 201])),
  warn: scene('a `warn` does not hold', 'MB', () =>
    pushed(`${BACKUP}, warn size > 100MB`, [beat({ sizeBytes: 1 }), 201]),
  ),
  fail: scene('it is too old, too small, or says that the job failed', 'disk full', () =>
    pushed(BACKUP, [beat({ status: 'failed', message: 'disk full' }), 201]),
  ),
  inconclusive: scene('none came, or it does not say what is compared', 'no size was said', () =>
    pushed(`${BACKUP}, size > 0B`, [beat({}), 201]),
  ),
  error: { never: 'what cannot be read is refused when it comes' },
}
