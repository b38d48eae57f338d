import { execFile } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import https from 'node:https'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { curlOf } from '#lib/probes/curl.ts'
import { authority, certificate, newFolder } from './processes.ts'
import { allow, look } from './servers.ts'

const run = promisify(execFile)
const TOKEN = 'a-token-that-nobody-sees'
const on = '$' + '{SITE}'
const token = '$' + '{API_TOKEN}'
const bearer = `send authorization: "Bearer ${token}"`
const PAIR = `client-cert $\{CLIENT_CERT} key $\{CLIENT_KEY}`
const TERMS = `ca $\{CORP_CA}, ${PAIR}`

type Asked = { method: string; url: string; body: string; headers: Record<string, unknown> }

/** What makes a request another one; a client has its own words for the rest. */
const MEANT = ['authorization', 'accept', 'cookie', 'content-type', 'origin', 'x-github-api-version', 'host']

/** Every kind of which curl can ask the same. */
const KINDS: { kind: string; probe: string }[] = [
  { kind: 'http', probe: `http POST ${on}/x?y=1 expect status == 200, ${TERMS}` },
  { kind: 'headers', probe: `headers ${on}/ expect score >= 0, plain none, ${TERMS}` },
  { kind: 'cookies', probe: `cookies ${on}/ expect count >= 0, ${TERMS}` },
  { kind: 'delivery', probe: `delivery ${on}/ expect compressed any, ${TERMS}` },
  { kind: 'cors', probe: `cors ${on}/ origin https://app.example expect allows, ${TERMS}` },
  { kind: 'metrics', probe: `metrics ${on}/metrics expect parses, ${TERMS}` },
  { kind: 'promql', probe: `promql ${on} "up" expect all == 1, ${TERMS}` },
  { kind: 'logs', probe: `logs ${on} loki "{app=\`web\`}" expect count == 0, ${bearer}, ${TERMS}` },
  { kind: 'rules', probe: `rules ${on} expect no-errors, ${bearer}, ${TERMS}` },
  { kind: 'alertmanager', probe: `alertmanager ${on} expect loaded, ${bearer}, ${TERMS}` },
  {
    kind: 'forge',
    probe: `forge github acme/web token ${token} url ${on} commit 8f3c2d1 expect checks-green, ${TERMS}`,
  },
  {
    kind: 'kubernetes',
    probe: `kubernetes ${on} token ${token} ca $\{CORP_CA} deployment shop/web expect rolled-out, ${PAIR}`,
  },
  { kind: 'websocket', probe: `websocket ${on}/ws expect open, ${TERMS}` },
  {
    kind: 'steps',
    probe: `steps ${on} step POST /login, field user: "it's me", expect status == 200, capture token json access, step /private, send authorization: "Bearer $\{token}", ${TERMS}`,
  },
]

describe('the request by hand', () => {
  const folder = newFolder('curl')
  const seen: Asked[] = []
  let server: https.Server
  let sockets: WebSocketServer
  let port = 0
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')

  beforeAll(async () => {
    authority(folder, 'CORP_CA', 30)
    certificate(folder, { name: 'site', by: 'CORP_CA', host: 'localhost', days: 20 })
    certificate(folder, { name: 'client', by: 'CORP_CA', host: 'probe.example', days: 20 })
    copyFileSync(path.join(folder, 'client.pem'), path.join(folder, 'CLIENT_CERT.pem'))
    copyFileSync(path.join(folder, 'client.key'), path.join(folder, 'CLIENT_KEY.pem'))
    server = https.createServer(
      {
        ...{ cert: read('site.pem'), key: read('site.key'), ca: read('CORP_CA.pem') },
        ...{ requestCert: true, rejectUnauthorized: true },
      },
      (request, response) => {
        const chunks: Buffer[] = []
        request
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            const { method = '', url = '', headers } = request
            seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
            response.writeHead(200, { 'content-type': 'application/json' }).end('{"access":"tok-4711"}')
          })
      },
    )
    server.on('upgrade', ({ method = '', url = '', headers }) =>
      seen.push({ method, url, headers, body: '' }),
    )
    sockets = new WebSocketServer({ server, path: '/ws' })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve())
    })
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  beforeEach(() => {
    seen.length = 0
  })
  afterAll(() => {
    for (const client of sockets.clients) client.terminate()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const told = ({ method, url, body, headers }: Asked) => ({
    ...{ method, url, body },
    ...Object.fromEntries(MEANT.map((name) => [name, headers[name]])),
    // Which says the same as none.
    accept: headers.accept ?? '*/*',
  })

  /** Looks, then has a shell run what is printed, where the files and the token are. */
  async function both(probe: string, { scheme = 'https' }: { scheme?: string } = {}) {
    const { observation } = await look(probe, {
      variables: {
        SITE: `${scheme}://localhost:${port}`,
        CORP_CA: read('CORP_CA.pem'),
        CLIENT_CERT: read('client.pem'),
      },
      secrets: { API_TOKEN: TOKEN, CLIENT_KEY: read('client.key') },
      allowList: allow(`localhost:${port}`),
    })
    const asked = seen.splice(0)
    const command = curlOf(observation) ?? ''
    const shell = run('sh', ['-c', command], {
      cwd: folder,
      env: { ...process.env, API_TOKEN: TOKEN },
    })
    // What an upgraded connection waits for does not come.
    const { stdout } = await shell.catch((error: unknown) => error as { stdout: string })
    return { observation, asked, command, stdout, again: seen.splice(0) }
  }

  it.each(KINDS.filter(({ kind }) => kind !== 'steps'))(
    'of $kind asks what the probe asked first',
    async ({ kind, probe }) => {
      const scheme = kind === 'websocket' ? 'wss' : 'https'
      const { asked, again, command, stdout } = await both(probe, { scheme })
      expect(command).toContain('--cacert CORP_CA.pem')
      expect(command).toContain('--cert CLIENT_CERT.pem --key CLIENT_KEY.pem')
      expect(command).not.toContain(TOKEN)
      if (probe.includes('API_TOKEN')) expect(command).toContain('"authorization: Bearer $' + '{API_TOKEN}"')
      expect(again).toHaveLength(1)
      expect(stdout).toMatch(kind === 'websocket' ? /^HTTP\/1\.1 101/ : /^HTTP\/1\.1 200/)
      const [first] = asked
      const [same] = again
      if (first === undefined || same === undefined) throw new Error('nothing was asked')
      expect(told(same)).toEqual(told(first))
    },
    15_000,
  )

  it('of steps asks each of them, without what was captured', async () => {
    const { probe } = KINDS.find(({ kind }) => kind === 'steps') ?? { probe: '' }
    const { asked, again, command } = await both(probe)
    expect(command).not.toContain('tok-4711')
    expect(command.match(/^# step \d$/gm)).toEqual(['# step 1', '# step 2'])
    expect(again.map(({ method, url, body }) => ({ method, url, body }))).toEqual(
      asked.map(({ method, url, body }) => ({ method, url, body })),
    )
    expect(asked).toHaveLength(2)
    expect(again[0]?.headers['content-type']).toBe(asked[0]?.headers['content-type'])
    expect(asked[1]?.headers.authorization).toBe('Bearer tok-4711')
    expect(again[1]?.headers.authorization).not.toContain('tok-4711')
  })

  it('without the authorities is what a machine says that does not know them', async () => {
    const { command } = await both(KINDS[0]?.probe ?? '')
    const bare = command.replace(/ *--cacert CORP_CA.pem \\\n/, '')
    await expect(run('sh', ['-c', bare], { cwd: folder })).rejects.toMatchObject({
      stderr: expect.stringMatching(/certificate/),
    })
  })
})
