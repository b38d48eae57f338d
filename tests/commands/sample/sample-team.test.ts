import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GET as historyCsv } from '#app/[team]/history/csv/route.ts'
import { verifyTrail } from '#lib/audit/read.ts'
import type { Principal } from '#lib/auth/mint.ts'
import { type SampleTarget, startSampleTarget } from '#lib/cli/sample-target.mjs'
import { runCommand } from '#lib/door/run-command.ts'
import { signIn } from '#lib/people/commands/sign-in.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { getRecordMarkdown } from '#lib/runs/read/record.ts'
import { db } from '#lib/server/db.ts'
import { secretHash } from '#lib/server/ids.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'
import { type LoadedSample, loadSampleTeam } from '#prisma/seed.ts'
import { memberOf } from '#tests/commands/runs/fixture.ts'
import { done, makePerson, makeTeam, type Person, type TestTeam } from '#tests/commands/teams/people.ts'
import { cookieOf } from '#tests/support/signed-http.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

const PORT = 4100
const said: string[] = []
let target: SampleTarget
let owner: Person
let other: TestTeam
let loaded: LoadedSample
let before: Date

beforeAll(async () => {
  target = await startSampleTarget()
  before = new Date()
  // A database named test_… takes a supplied clock in every stream; one that has seen today does not go back.
  other = await makeTeam('Real')
  owner = await makePerson('Olga', { instanceAdmin: true })
  loaded = await loadSampleTeam({ ownerId: owner.userId, port: PORT, target, say: (line) => said.push(line) })
}, 360_000)

afterAll(() => target.close())

async function enter({ email, password }: { email: string; password: string }): Promise<Principal> {
  return { kind: 'session', idHash: secretHash(await sessionOf({ email, password })) }
}

async function sessionOf({ email, password }: { email: string; password: string }): Promise<string> {
  const answer = await done(
    runCommand(signIn, { principal: { kind: 'anonymous', ip: '192.0.2.9' }, input: { email, password } }),
  )
  if (!answer.signedIn) throw new Error(answer.message)
  return answer.sid
}

describe('the sample team', () => {
  it('has a member for every account role and sign-off role, who can sign in with the password shown', async () => {
    const team = await db().team.findUniqueOrThrow({ where: { slug: loaded.team } })
    expect(team).toMatchObject({ slug: 'sample-acme-health', name: 'Sample: Acme Health', sample: true })
    const members = await db().member.findMany({
      where: { teamId: team.id },
      select: { accountRole: true, roles: { select: { role: { select: { name: true } } } } },
    })
    expect(new Set(members.map(({ accountRole }) => accountRole))).toEqual(
      new Set(['owner', 'admin', 'member', 'manager', 'auditor']),
    )
    expect(members.flatMap(({ roles }) => roles.map(({ role }) => role.name)).sort()).toEqual([
      'DevOps',
      'Developer',
      'Reviewer',
      'Security',
    ])
    expect(loaded.members).toHaveLength(7)
    expect(loaded.members.every(({ email }) => email.endsWith('@sample.example'))).toBe(true)
    expect(new Set(loaded.members.map(({ password }) => password)).size).toBe(7)
    for (const member of loaded.members.slice(0, 2)) await enter(member)
    expect(await db().session.count({ where: { userAgent: { contains: 'Sample' }, revokedAt: null } })).toBe(
      0,
    )
  })

  it('has a history and one run under way', async () => {
    const runs = await db().run.findMany({ orderBy: { number: 'asc' } })
    expect(runs.map(({ version, state }) => `${version} ${state}`)).toEqual([
      'v2.7.0 closed',
      'v2.8.0 closed',
      'v2.9.0 rolled_back',
      'v2.9.1 closed',
      'v2.10.0 closed',
      'v2.11.0 aborted',
      'v2.11.0 closed',
      'v2.12.0 closed',
      'v2.13.0 closed',
      'v2.13.0 closed',
      'v2.14.0 preparing',
    ])
    for (const run of runs) {
      const { openedAt, startedAt, deployedAt, endedAt } = run
      const times = [openedAt, startedAt, deployedAt, endedAt].filter((time) => time !== null)
      expect(times.map(Number)).toEqual(times.map(Number).toSorted((one, two) => one - two))
      expect(openedAt.getTime()).toBeLessThan(before.getTime() - 3_600_000)
    }
    const undone = runs.find(({ state }) => state === 'rolled_back')
    const rollback = await db().runItem.findMany({ where: { runId: undone?.id ?? '', stage: 'rollback' } })
    expect(rollback.map(({ state }) => state).filter((state) => state === 'open')).toEqual([])
    expect(said.at(-1)).toBe('Writing run 11 of 11: v2.14.0 to production')
  })

  it('shows the run under way with a signature, a stale one and the reason', async () => {
    const [cem] = loaded.members.filter(({ name }) => name === 'Cem Aydin')
    const principal = await enter(cem ?? { email: '', password: '' })
    const actor = await memberOf(principal, loaded.team)
    const board = await getBoard(actor, { service: 'upstream-web', number: 11 })
    expect(board?.run.author).toEqual({ memberId: expect.any(String), name: 'Ana Ruiz' })
    expect(board?.run).toMatchObject({ sample: true, changeTicket: 'CHG-2079', state: 'preparing' })
    expect(board?.slots.map(({ role, state }) => [role, state])).toEqual([
      ['Developer', 'waiting'],
      ['Reviewer', 'waiting'],
      ['DevOps', 'signed'],
      ['Security', 'stale'],
    ])
    expect(board?.slots[3]?.staleReason).toContain('No known vulnerabilities')
    expect(board?.counts).toMatchObject({ failed: 1 })
    const item = (text: string) => board?.items.find((one) => one.text.startsWith(text))
    expect(item('`/health/redis/`')?.state).toBe('failed')
    expect(item('Update status page')?.state).toBe('not_applicable')
    expect(item('Database backup')).toMatchObject({ state: 'passed', grade: 'witnessed' })
    expect(item('Release notes')?.state).toBe('open')
  })

  it('says SAMPLE on every export: first in the Markdown, in the name and on every line of the CSV', async () => {
    const member = loaded.members[0] ?? { email: '', password: '' }
    const sid = await sessionOf(member)
    const actor = await memberOf({ kind: 'session', idHash: secretHash(sid) }, loaded.team)
    const markdown = await getRecordMarkdown(actor, { service: 'upstream-web', number: 1 })
    expect(markdown?.startsWith('> SAMPLE: this run never happened.\n\n# ')).toBe(true)

    const request = new Request(`http://localhost/${loaded.team}/history/csv`, {
      headers: { cookie: await cookieOf(sid) },
    })
    const answer = await historyCsv(request, { params: Promise.resolve({ team: loaded.team }) })
    expect(answer.headers.get('content-disposition')).toContain('filename="SAMPLE-')
    const [head, ...lines] = (await answer.text()).trim().split(/\r?\n/)
    expect(head?.endsWith(',sample')).toBe(true)
    expect(lines).toHaveLength(11)
    expect(lines.every((line) => line.endsWith(',SAMPLE'))).toBe(true)
  })

  it('has chains that verify, and past dates in its own streams alone', async () => {
    const actor = await memberOf(await enter(loaded.members[0] ?? { email: '', password: '' }), loaded.team)
    const streams = await db().auditStream.findMany({ where: { sample: true } })
    expect(streams).toHaveLength(12)
    for (const { id } of streams) expect(await verifyTrail(actor, id)).toMatchObject({ ok: true })
    const past = await db().$queryRaw<{ stream: string; sample: boolean }[]>`
      SELECT DISTINCT e.stream, s.sample FROM audit_event e JOIN audit_stream s ON s.id = e.stream
      WHERE to_timestamp(e.at_ms / 1000.0) < ${before}`
    expect(past).toHaveLength(12)
    expect(past.every(({ sample }) => sample)).toBe(true)
    expect(past.some(({ stream }) => [SYSTEM_STREAM, other.streamId].includes(stream))).toBe(false)
    const ahead = await db().$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM audit_event WHERE to_timestamp(at_ms / 1000.0) > clock_timestamp()`
    expect(ahead[0]?.count).toBe(0)
  })

  it('spreads what people did over time', async () => {
    const rows = await db().$queryRaw<{ most: number; minutes: number }[]>`
      WITH busy AS (SELECT run_id, date_trunc('minute', at) AS minute, count(*)::int AS n FROM evidence
                    WHERE kind <> 'observation' GROUP BY 1, 2)
      SELECT max(n)::int AS most, (count(*) / count(DISTINCT run_id))::int AS minutes FROM busy`
    expect(rows[0]?.most).toBeLessThanOrEqual(9)
    expect(rows[0]?.minutes).toBeGreaterThan(25)
  })

  it('leaves nothing waiting for a worker, and observations name the address of the environment', async () => {
    expect(await db().probeAttempt.count({ where: { state: { in: ['queued', 'running'] } } })).toBe(0)
    const seen = await db().observation.findMany({ select: { verdict: true, line: true, observation: true } })
    expect(seen.length).toBeGreaterThan(100)
    expect(new Set(seen.map(({ verdict }) => verdict))).toEqual(new Set(['pass', 'fail', 'inconclusive']))
    const poor = new Set(
      seen.flatMap(({ verdict, line }) => (verdict === 'inconclusive' ? [line.slice(0, 24)] : [])),
    )
    expect([...poor].toSorted()).toEqual([
      `$\{BASE_URL} becomes a ht`,
      'PROMETHEUS_URL is not se',
      'REDIS_URL is not set for',
    ])
    const text = JSON.stringify(seen)
    expect(text).toContain(`127.0.0.1:${PORT}`)
    expect(text).not.toContain(String(target.port))
  })
})
