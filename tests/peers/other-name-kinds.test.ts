import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { KIND_TABLE, LOOKING_KINDS, type LookingKind } from './kind-table.ts'
import {
  authority,
  certificate,
  freePort,
  NGINX,
  newFolder,
  type Process,
  startNginx,
  titled,
} from './processes.ts'
import { allow, look } from './servers.ts'

const TLS = '$' + '{TLS}'
const CLEAR = '$' + '{CLEAR}'
const HOST = 'host app.example'

/** What the app answers and the usual site does not, as each kind that takes the clause asks for it. `%` is where the clauses stand. */
const TABLE: Partial<Record<LookingKind, string>> = {
  http: `http ${TLS}/ expect body contains "the app"%`,
  delivery: `delivery ${TLS}/app.js expect cacheable, max-age >= 1h%`,
  // Its Domain is the app's, which a browser refuses from anybody else.
  cookies: `cookies ${TLS}/login expect count == 1, all secure, cookie sid http-only%`,
  headers: `headers ${TLS}/ expect x-frame-options, redirection, plain ${CLEAR}/%`,
  redirect: `redirect ${CLEAR}/ expect https, same-host, hsts%`,
  cors: `cors ${TLS}/api origin https://shop.example expect allows%`,
  sse: `sse ${TLS}/events expect data "of the app"%`,
  // The second step is let in by the cookie that the first was given.
  steps: `steps ${TLS}%, step /login, expect status == 200, step /private, expect body contains "yours"`,
  composite: `composite need all part "a" http ${TLS}/ expect body contains "the app"% part "b" cookies ${TLS}/login expect count == 1%`,
}
const NAMED = Object.keys(TABLE) as LookingKind[]

it('the table has every kind that takes another name for the service', () => {
  const taking = LOOKING_KINDS.filter((kind) => parseProbe(`${KIND_TABLE[kind].probe}, ${HOST}`).ok)
  expect(taking.toSorted()).toEqual(NAMED.toSorted())
})

describe.skipIf(NGINX === undefined)(
  titled('a target under another name, by every kind, against nginx', NGINX, 'nginx'),
  () => {
    const folder = newFolder('other-name-kinds')
    let ca = ''
    let port = 0
    let plain = 0
    let nginx: Process

    beforeAll(async () => {
      port = await freePort()
      plain = await freePort()
      ca = authority(folder, 'ca', 3000)
      for (const host of ['localhost', 'app.example', 'new.localhost'])
        certificate(folder, { name: host, by: 'ca', host, days: 60 })
      const site = (host: string, locations: string) =>
        `server { listen 127.0.0.1:${port} ssl http2; server_name ${host}; ssl_certificate ${folder}/${host}.pem;
        ssl_certificate_key ${folder}/${host}.key; access_log ${folder}/asked.log asked; ${locations} }
        server { listen 127.0.0.1:${plain}; server_name ${host}; location / { ${
          host === 'app.example' ? `return 301 https://$host:${port}$request_uri;` : 'return 200 "hello";'
        } } }`
      const app = `
        location / { add_header Strict-Transport-Security max-age=31536000; add_header X-Frame-Options DENY; return 200 "the app"; }
        location /there { return 302 https://new.localhost:${port}/; }
        location /app.js { add_header Cache-Control "public, max-age=86400"; return 200 "let a = 1"; }
        location /login { add_header Set-Cookie "sid=1234; Domain=app.example; Path=/; Secure; HttpOnly"; return 200 "in"; }
        location /private { if ($cookie_sid != "1234") { return 401; } return 200 "yours"; }
        location /api { add_header Access-Control-Allow-Origin https://shop.example; return 204; }
        location /events { default_type text/event-stream; return 200 "data: of the app\n\n"; }`
      nginx = await startNginx({
        folder,
        servers: `log_format asked '$request_method $uri $ssl_server_name $host';
          ${site('localhost', 'location / { return 200 "the usual one"; }')}
          ${site('app.example', app)}
          ${site('new.localhost', 'location / { return 200 "the new one, $ssl_server_name $host, $http_cookie"; }')}`,
        ports: [port, plain],
      })
    })
    afterAll(() => nginx.stop())

    const at = (text: string, list = ['app.example']) =>
      look(text, {
        variables: { CA: ca, TLS: `https://localhost:${port}`, CLEAR: `http://localhost:${plain}` },
        allowList: allow(`localhost:${port}`, `localhost:${plain}`, `new.localhost:${port}`, ...list),
        resolve: async () => ['127.0.0.1'],
      })
    const written = (kind: LookingKind, clauses: string) =>
      (TABLE[kind] ?? '').replaceAll('%', `${clauses}, ca $\{CA}`)

    it.each(NAMED)('%s asks for the app there', async (kind) => {
      const { judgement, observation } = await at(written(kind, `, ${HOST}`))
      expect([judgement.outcome, judgement.line]).toEqual(['pass', expect.any(String)])
      const kept = { name: 'host', value: 'app.example' }
      expect(JSON.stringify(observation)).toContain(JSON.stringify(kept))
      // Where it was asked is what it was.
      expect(JSON.stringify(observation)).toContain('"host":"localhost"')
      expect((await at(written(kind, ''))).judgement.outcome).not.toBe('pass')
    })

    it.each(NAMED)('%s is blocked where that name is not allowed itself', async (kind) => {
      const { judgement } = await at(written(kind, `, ${HOST}`), [])
      expect(judgement.line).toContain('would be asked for as app.example, which is not on')
      expect(judgement.verdict).toBe('inconclusive')
    })

    it('leaves it behind with a step that has an address of its own, and says it again in the next', async () => {
      const { judgement, observation } = await at(
        `steps ${TLS}, ca $\{CA}, ${HOST}, step /login, expect status == 200,
         step https://new.localhost:${port}/, expect body contains "the new one, new.localhost new.localhost, ",
         expect body lacks sid, step /private, expect body contains "yours"`,
      )
      expect([judgement.outcome, judgement.line]).toEqual(['pass', expect.any(String)])
      expect(observation).toMatchObject({ connection: { host: 'localhost', serverName: 'app.example' } })
    })

    it('leaves it behind with every question to where a redirect led', async () => {
      await at(`headers ${TLS}/there expect score >= 0, plain none, ca $\{CA}, ${HOST}`)
      // Written when the request has ended, which may be after its answer has come.
      await vi.waitFor(() => {
        const asked = readFileSync(path.join(folder, 'asked.log'), 'utf8').split('\n').filter(Boolean)
        expect(asked.slice(-3)).toEqual([
          'GET /there app.example app.example',
          'GET / new.localhost new.localhost',
          'OPTIONS / new.localhost new.localhost',
        ])
      })
    })
  },
)
