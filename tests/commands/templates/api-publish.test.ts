import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST } from '#app/api/v1/templates/route.ts'
import { runTemplate } from '#lib/cli/commands/template.ts'
import { db } from '#lib/server/db.ts'
import { makeApiToken } from '#lib/teams/commands/make-api-token.ts'
import { act, done, makeTeam, type TestTeam } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-import-'))
let team: TestTeam
let token = ''
let url = ''
/** Answers 503 so many times before the route is asked. */
let sick = 0

/** The route behind a real socket, as the command reaches it. */
const server = http.createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  if (sick-- > 0) {
    response.writeHead(503).end()
    return
  }
  const headers = Object.entries(request.headers).map(
    ([name, value]) => [name, String(value)] as [string, string],
  )
  const asked = new Request(`${url}${request.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) })
  const answer = await POST(asked, { params: Promise.resolve({}) })
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
})

beforeAll(async () => {
  team = await makeTeam()
  const input = { team: team.slug, name: 'ci', days: 30 as const, scopes: ['templates:write' as const] }
  token = (await done(act(makeApiToken, team.owner.principal, input))).token
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(folder, name)
  writeFileSync(at, content)
  return at
}

async function run(args: string[], environment: Record<string, string> = { COUNTERSIGN_TOKEN: token }) {
  const out: string[] = []
  const err: string[] = []
  const sink = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) }
  const code = await runTemplate(['import', ...args, '--url', url, '--team', team.slug], sink, environment)
  return { code, out, err }
}

describe('countersign template import', () => {
  it('publishes a new template, then its next version, and says when there is nothing new', async () => {
    const first = file('a.md', '\uFEFF# Go\r\n- [ ] one\r\n')
    expect(await run([first, '--name', 'Web release'])).toMatchObject({
      code: 0,
      out: [
        expect.stringMatching(
          /^Published web-release v1: http:\/\/localhost:\d+\/.*\/templates\/web-release\/v\/1$/,
        ),
      ],
    })
    const stored = await db().templateVersion.findFirstOrThrow({
      where: { template: { slug: 'web-release' } },
    })
    expect(stored.source).toBe('\uFEFF# Go\r\n- [ ] one\r\n')
    const again = await run([first, '--template', 'web-release', '--json'])
    expect(JSON.parse(again.out[0] ?? '')).toMatchObject({ ok: true, version: 1, created: false })
    const second = file('b.md', '# Go\n- [ ] one\n- [ ] two\n')
    expect((await run([second, '--template', 'web-release', '--note', 'Two'])).out[0]).toMatch(
      /^Published web-release v2/,
    )
  })

  it('tries again where the server was not there, and publishes once', async () => {
    sick = 1
    expect((await run([file('c.md', '- [ ] sick\n'), '--name', 'Once'])).code).toBe(0)
    expect(await db().templateVersion.count({ where: { template: { slug: 'once' } } })).toBe(1)
  })

  it('exits 1 with places for what is wrong in the file, before anything is sent', async () => {
    const wrong = file('d.md', '- [ ] a <!-- item: soak=soon -->\n')
    expect(await run([wrong, '--name', 'D'])).toEqual({
      code: 1,
      out: [],
      err: [
        'The Markdown has a problem; nothing was published.',
        `${wrong}:1:25: item: expected a time such as 90s, 15m, 24h or 7d (fix: write soak=1h)`,
      ],
    })
    const latin = file('e.md', Uint8Array.of(0x2d, 0x20, 0x5b, 0x20, 0x5d, 0x20, 0x61, 0xe9, 0x0a))
    expect((await run([latin, '--name', 'E'])).err[0]).toBe(
      `${latin}: line 1, column 8: the byte 0xE9 is not UTF-8. Save the file as UTF-8 and try again. Or add --latin1 to read it as ISO 8859-1.`,
    )
    expect((await run([latin, '--name', 'E', '--latin1'])).code).toBe(0)
    const fenced = file('f.md', 'Here it is:\n\n```markdown\n# Go\n- [ ] one\n```\n')
    expect((await run([fenced, '--name', 'F'])).err[0]).toContain('the fence of lines 3 to 6')
    expect((await run([fenced, '--name', 'F', '--unwrap'])).code).toBe(0)
  })

  it('exits 1 with the server’s words when it refuses, and 3 for a wrong call', async () => {
    const good = file('g.md', '- [ ] g\n')
    expect(await run([good, '--template', 'nowhere'])).toMatchObject({
      code: 1,
      err: ['There is no such thing here, or it is not yours to see.'],
    })
    expect(await run([good, '--name', 'G'], { COUNTERSIGN_TOKEN: 'cst_wrong' })).toMatchObject({
      code: 1,
      err: ['This token is unknown, expired, revoked, or of somebody who has left.'],
    })
    expect((await run([good, '--name', '★'])).err).toContainEqual(
      expect.stringMatching(/^ {2}name: Use a name with Latin letters/),
    )
    expect((await run([good])).code).toBe(3)
    expect((await run([good, '--name', 'G'], {})).err[0]).toContain('COUNTERSIGN_TOKEN')
    expect((await run(['/no/such.md', '--name', 'G'])).code).toBe(3)
  })
})

describe('POST /api/v1/templates', () => {
  const ask = (body: unknown, headers: Record<string, string> = {}) =>
    POST(
      new Request(`${url}/api/v1/templates`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
        body: JSON.stringify(body),
      }),
      { params: Promise.resolve({}) },
    )

  it('gives the same answer for the same key and body, and refuses another body', async () => {
    const body = { team: team.slug, name: 'Keyed', source: '- [ ] k\n' }
    const answers = [
      await ask(body, { 'idempotency-key': 'k1' }),
      await ask(body, { 'idempotency-key': 'k1' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    const [one, other] = await Promise.all(answers.map((answer) => answer.json()))
    expect(other).toEqual(one)
    const changed = await ask({ ...body, source: '- [ ] other\n' }, { 'idempotency-key': 'k1' })
    expect(changed.status).toBe(422)
    expect(changed.headers.get('content-type')).toBe('application/problem+json')
  })

  it('says which field is wrong, and where in the Markdown', async () => {
    expect(await (await ask({ team: team.slug })).json()).toMatchObject({
      code: 'invalid',
      errors: { source: expect.any(String) },
    })
    const answer = await ask({ team: team.slug, name: 'W', source: '- [ ] a <!-- item: nonsense -->\n' })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      code: 'template_problems',
      detail: { problems: [{ line: 1, column: 20 }] },
    })
    expect((await ask({}, { authorization: 'Basic x' })).status).toBe(401)
  })
})
