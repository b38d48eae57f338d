import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { getRecord } from '#lib/runs/read/record.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { db } from '#lib/server/db.ts'
import { setSecret } from '#lib/services/commands/set-secret.ts'
import { memberOf } from '#tests/commands/runs/fixture.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { KIND_TABLE } from '#tests/peers/kind-table.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { openProbedRun, type ProbedRun, rowsOf, settled } from './probed-run.ts'

const database = useTestDatabase()

const PATH = 'Pa7h-of-the-secret+address'
const PASS = 'pa55/of<the>secret&address'
const TOKEN = 'T0ken "of" a/secret=&header'
/** What may be found nowhere: the middle of each, in the ways in which it was or may have been written. */
const MIDDLES = [
  '7h-of-the-secret',
  '55/of<the',
  '55%2Fof',
  'ken "of" a/',
  'ken%20%22of',
  '"of\\" a',
  'ken+%22of',
  'ken &quot;of',
]

/** What was heard, in every way in which a careless page says it. Of what it did not hear it says nothing. */
function said(request: IncomingMessage, body: string): string {
  const { url, headers } = request
  const long = JSON.stringify({ url, headers, body })
  const token = String(headers['x-deploy'] ?? 'nothing')
  return [
    long,
    JSON.stringify(long),
    encodeURIComponent(encodeURIComponent(token)),
    `<p>${token.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}</p>`,
    Buffer.from(`u:${token}`).toString('base64'),
    `${token} `.repeat(500),
  ].join('\n')
}

const http = createServer((request, response) => {
  const { url = '', headers } = request
  const token = String(headers['x-deploy'] ?? 'nothing')
  const inAddress = encodeURIComponent(token)
  let body = ''
  request.on('data', (chunk) => {
    body += String(chunk)
  })
  request.on('end', () => {
    response.writeHead(url.includes('/there') ? 404 : url.includes('redirect') ? 302 : 200, {
      'content-type': url.includes('json') ? 'application/json' : 'text/html',
      'x-echo': token,
      etag: `"x${token.replaceAll('"', '\\"')}"`,
      location: `/there?was=${encodeURIComponent(url)}&t=${inAddress}`,
      'set-cookie': [`sid=${inAddress}; Path=/`],
      'access-control-allow-origin': `https://x.example/${inAddress}${url}`,
      'content-security-policy': `default-src 'self' https://x.example/${inAddress}${url}`,
      'strict-transport-security': `max-age=1; ${inAddress}${url}`,
    })
    response.end(said(request, body))
  })
})
/** Says again whatever it hears, behind an error of Redis. */
const echo = net.createServer((socket) => {
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => socket.write(`-ERR ${bytes.toString('latin1').replace(/[\r\n]+/g, ' ')}\r\n`))
})

const lines: string[] = []
let worker: ReturnType<typeof startProbeWorker>
let ports: { http: number; echo: number }

beforeAll(async () => {
  for (const server of [http, echo]) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  const portOf = (server: net.Server) => (server.address() as AddressInfo).port
  ports = { http: portOf(http), echo: portOf(echo) }
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      lines.push(String(chunk))
      return true
    })
  worker = startProbeWorker()
})
afterAll(async () => {
  await worker.stop()
  vi.restoreAllMocks()
  http.close()
  echo.close()
})

const SCHEMES = [...new Set(Object.values(KIND_TABLE).map(({ scheme }) => scheme))]
const nameOf = (scheme: string, raw: boolean) =>
  `${scheme.replace(/\W/g, '').toUpperCase()}_${raw ? 'RAW' : 'WEB'}`

function addressOf(scheme: string, raw: boolean): string {
  const place = `127.0.0.1:${raw ? ports.echo : ports.http}`
  if (/redis|postgres/.test(scheme)) return `${scheme}://app:${encodeURIComponent(PASS)}@${place}`
  return /http|ws/.test(scheme) ? `${scheme}://${place}/${encodeURIComponent(PATH)}` : `${scheme}://${place}`
}

/** Every row of every table, as text. */
async function dump(): Promise<string> {
  const client = new pg.Client({ connectionString: database.url() })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
    )
    const tables: string[] = []
    for (const { name } of rows) {
      const { rows: all } = await client.query<{ text: string }>(
        `SELECT row_to_json(t)::text AS text FROM ${name} t`,
      )
      tables.push(name, ...all.map(({ text }) => text))
    }
    return tables.join('\n')
  } finally {
    await client.end()
  }
}

async function withSecret(run: ProbedRun, name: string, secret: string): Promise<void> {
  const { slug } = await db().environment.findFirstOrThrow({ where: { teamId: run.team.teamId } })
  const place = { team: run.team.slug, service: run.address.service, environment: slug }
  await done(act(setSecret, run.team.owner.principal, { ...place, name, secret, version: 0 }))
}

it('no kind of probe leaves a secret in the database, the record, the export or the output', async () => {
  const probes = [false, true].flatMap((raw) =>
    Object.values(KIND_TABLE).flatMap(({ scheme, probe, follows }) =>
      [probe, ...(follows === undefined ? [] : [follows])].map((text) =>
        text.replaceAll('{TARGET}', `{${nameOf(scheme, raw)}}`),
      ),
    ),
  )
  const token = '$' + '{DEPLOY_PASS}'
  const web = '$' + '{HTTP_WEB}'
  const more = [
    `http ${web}/json expect status == 200, header x-echo present, header etag contains "x", body contains "T0ken", json url == "x", send x-deploy: "${token}", send authorization: "Bearer ${token}"`,
    `http ${web}/redirect expect status == 200, redirects follow, send x-deploy: "${token}"`,
    `http ${web}/redirect expect final-url contains "there", send x-deploy: "${token}"`,
  ]
  const items = [...probes, ...more].map((probe, index) => `- [ ] Item ${index} <!-- probe: ${probe} -->`)
  const run = await openProbedRun({
    lines: items,
    target: `http://127.0.0.1:${ports.http}`,
    allowList: [`127.0.0.1:${ports.http}`, `127.0.0.1:${ports.echo}`].join('\n'),
  })
  await withSecret(run, 'DEPLOY_PASS', TOKEN)
  for (const raw of [false, true])
    for (const scheme of SCHEMES) await withSecret(run, nameOf(scheme, raw), addressOf(scheme, raw))
  await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'all' }))
  await settled(run)
  const rows = await rowsOf(run)
  expect(rows.filter(({ fold }) => fold.attempt === null)).toEqual([])
  expect(rows.filter(({ fold }) => fold.attempt?.outcome === 'blocked')).toEqual([])
  const viewer = await memberOf(run.ana.principal, run.team.slug)
  const record = await getRecord(viewer, { service: run.address.service, number: run.address.number })
  const exported = record === null ? '' : JSON.stringify(record)
  const places = { database: await dump(), exported, output: lines.join('') }
  expect(places.database).toContain('•••')
  for (const [place, text] of Object.entries(places))
    for (const middle of MIDDLES) {
      const at = text.indexOf(middle)
      expect(at === -1 ? null : `${place}: ${text.slice(Math.max(0, at - 300), at + 80)}`).toBeNull()
    }
}, 120_000)
