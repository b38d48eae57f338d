import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { curlOf } from '#lib/probes/curl.ts'
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

/** One address with several services behind it, as an ingress or a new origin before its name leads there. */
describe.skipIf(NGINX === undefined)(
  titled('a target under another name, against nginx', NGINX, 'nginx'),
  () => {
    const folder = newFolder('other-name')
    let ca = ''
    let port = 0
    let nginx: Process

    beforeAll(async () => {
      port = await freePort()
      ca = authority(folder, 'ca', 3000)
      for (const host of ['localhost', 'app.example', 'new.localhost'])
        certificate(folder, { name: host, by: 'ca', host, days: 60 })
      const site = (host: string, answer: string) =>
        `server { listen 127.0.0.1:${port} ssl http2; server_name ${host}; ssl_certificate ${folder}/${host}.pem;
        ssl_certificate_key ${folder}/${host}.key; location / { ${answer} } location /here { return 302 /; }
        location /port { return 302 https://$host/; } location /there { return 302 https://new.localhost:${port}/; } }`
      nginx = await startNginx({
        folder,
        servers: [
          site('localhost', 'return 200 "the usual one, $ssl_server_name $host";'),
          site('app.example', 'return 200 "the app, $ssl_server_name $host";'),
          site('new.localhost', 'return 200 "the new one, $ssl_server_name $host";'),
        ].join('\n'),
        ports: [port],
      })
    })
    afterAll(() => nginx.stop())

    const at = (rest: string, { list = ['app.example:443'], path = '/', kind = 'http' } = {}) =>
      look(`${kind} https://localhost:${port}${path} expect ${rest}, ca $\{CA}`, {
        variables: { CA: ca, APP: 'App.example' },
        allowList: allow(`localhost:${port}`, ...list, `new.localhost:${port}`),
        resolve: async () => ['127.0.0.1'],
      })

    it.each([
      ['body contains "the usual one, localhost localhost"', 'pass'],
      ['body contains "the app, app.example app.example", host app.example', 'pass'],
      ['body contains "the app, app.example app.example", host $' + '{APP}', 'pass'],
      [
        'body contains "the app, app.example app.example", http-version == 1.1, host app.example, http1',
        'pass',
      ],
      ['body contains "the app, localhost app.example", host app.example, sni localhost', 'pass'],
      ['body contains "the usual one, app.example localhost", sni app.example', 'pass'],
    ])('%s: %s', async (rest, outcome) => {
      const { judgement } = await at(rest)
      expect([judgement.outcome, judgement.line]).toEqual([outcome, expect.any(String)])
    })

    it('checks the certificate for that name', async () => {
      const { judgement } = await at('status == 200, sni stranger.example', { list: ['stranger.example'] })
      expect(judgement).toMatchObject({
        outcome: 'fail',
        line: 'the certificate is not trusted: it is for another name',
      })
      expect((await at('hostname, trusted, sni app.example', { kind: 'tls' })).judgement.outcome).toBe('pass')
      const other = await at('hostname, trusted, sni stranger.example', {
        kind: 'tls',
        list: ['stranger.example'],
      })
      expect(other.judgement).toMatchObject({
        outcome: 'fail',
        line: expect.stringContaining('not for stranger.example'),
      })
    })

    it.each(['host', 'sni'])('is blocked where %s is not allowed itself', async (clause) => {
      const { judgement } = await at(`status == 200, ${clause} app.example`, { list: [] })
      expect(judgement).toMatchObject({
        outcome: 'blocked',
        line: expect.stringContaining('would be asked for as app.example, which is not on'),
      })
      const metadata = await at(`status == 200, ${clause} metadata.google.internal`, {
        list: ['*.google.internal'],
      })
      expect(metadata.judgement.outcome).toBe('blocked')
      if (clause === 'sni')
        expect((await at('trusted, sni app.example', { kind: 'tls', list: [] })).judgement.outcome).toBe(
          'blocked',
        )
    })

    it('stays at the target with a redirect to that name, as most servers make them of it', async () => {
      for (const path of ['/here', '/port']) {
        const { judgement, observation } = await at(
          'status == 200, body contains "the app, app.example app.example", host app.example, redirects follow',
          { path },
        )
        expect([path, judgement.outcome, judgement.line]).toEqual([path, 'pass', expect.any(String)])
        expect(observation.kind === 'http' && observation.redirects).toHaveLength(1)
        expect(observation.kind === 'http' && observation.connection?.host).toBe('localhost')
      }
    })

    it('is kept, said by curl, and left behind with a redirect to another host', async () => {
      const { observation } = await at('status == 200, host app.example')
      expect(observation.kind === 'http' && observation.request?.headers).toContainEqual({
        name: 'host',
        value: 'app.example',
      })
      expect(curlOf(observation)?.split(' \\\n  ').slice(1)).toEqual([
        '--cacert CA.pem',
        `--header 'host: app.example'`,
        `--resolve app.example:${port}:127.0.0.1`,
        `https://app.example:${port}/`,
      ])
      const there = await at(
        'status == 200, body contains "the new one, new.localhost new.localhost", host app.example, redirects follow',
        {
          path: '/there',
        },
      )
      expect(there.judgement).toMatchObject({ outcome: 'pass' })
      if (there.observation.kind !== 'http') throw new Error(there.observation.kind)
      expect(there.observation.request?.headers.map(({ name }) => name)).not.toContain('host')
      expect(there.observation.connection).not.toHaveProperty('serverName')
      expect(there.observation.tls?.serverName).toBe('new.localhost')
    })
  },
)
