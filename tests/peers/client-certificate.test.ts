import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { curlOf } from '#lib/probes/curl.ts'
import { shown } from '#lib/probes/shown.ts'
import {
  authority,
  certificate,
  freePort,
  NGINX,
  newFolder,
  type Process,
  REDIS,
  start,
  startNginx,
  titled,
} from './processes.ts'
import { allow, look } from './servers.ts'

const SHOWN = 'client-cert $' + '{CLIENT_CERT} key $' + '{CLIENT_KEY}'
const CA = 'ca $' + '{CORP_CA}'
const oneLine = (text: string) => text.trim().replaceAll('\n', '\\n')

function files(folder: string) {
  const ca = authority(folder, 'ca', 3000)
  authority(folder, 'stranger', 3000)
  certificate(folder, { name: 'site', by: 'ca', host: 'localhost', days: 60 })
  certificate(folder, { name: 'client', by: 'ca', host: 'probe.example', days: 60 })
  certificate(folder, { name: 'foreign', by: 'stranger', host: 'probe.example', days: 60 })
  certificate(folder, { name: 'ended', by: 'ca', host: 'probe.example', days: -3 })
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')
  const pair = (name: string) => ({
    variables: { CORP_CA: oneLine(ca), CLIENT_CERT: oneLine(read(`${name}.pem`)) },
    secrets: { CLIENT_KEY: oneLine(read(`${name}.key`)) },
  })
  return { read, pair }
}

describe.skipIf(NGINX === undefined)(
  titled('a client certificate, asked for by nginx', NGINX, 'nginx'),
  () => {
    const folder = newFolder('client')
    const { read, pair } = files(folder)
    let ports: [number, number]
    let nginx: Process
    let alerting: Process

    beforeAll(async () => {
      ports = [await freePort(), await freePort()]
      const [wanted, alerts] = ports
      nginx = await startNginx({
        folder,
        servers: `server { listen 127.0.0.1:${wanted} ssl http2; ssl_certificate ${folder}/site.pem; ssl_certificate_key ${folder}/site.key;
        ssl_client_certificate ${folder}/ca.pem; ssl_verify_client on; location / { return 200 "hello $ssl_client_s_dn"; } }`,
        ports: [wanted],
      })
      // Unlike nginx, which answers 400, most servers refuse inside TLS.
      alerting = await start({
        command: 'openssl',
        args: [
          ...['s_server', '-accept', `127.0.0.1:${alerts}`, '-www', '-Verify', '1', '-verify_return_error'],
          ...['-cert', `${folder}/site.pem`, '-key', `${folder}/site.key`, '-CAfile', `${folder}/ca.pem`],
        ],
        folder: newFolder('s-server'),
        ports: [alerts],
      })
    })
    afterAll(async () => {
      await nginx.stop()
      await alerting.stop()
    })

    const at = (
      which: 0 | 1,
      rest: string,
      given: Partial<Parameters<typeof look>[1] & object> = pair('client'),
    ) => {
      const host = `localhost:${ports[which]}`
      return look(`http https://${host}/ ${rest}, ${CA}`, {
        ...pair('client'),
        ...given,
        allowList: allow(host),
      })
    }

    it('is shown, in HTTP/2 and HTTP/1.1', async () => {
      const two = await at(
        0,
        `expect status == 200, http-version == 2, body contains "CN=probe.example", ${SHOWN}`,
      )
      expect(two.judgement).toMatchObject({ outcome: 'pass' })
      const one = await at(0, `expect status == 200, http-version == 1.1, ${SHOWN}, http1`)
      expect(one.judgement).toMatchObject({ outcome: 'pass' })
    })

    it('is missed where there is none, and not taken where it is somebody else’s', async () => {
      const none = await at(0, 'expect status == 200')
      expect(none.judgement).toMatchObject({ outcome: 'fail', line: 'status 400 · wanted 200' })
      if (none.observation.kind !== 'http') throw new Error(none.observation.kind)
      expect(none.observation.body?.excerpt).toContain('No required SSL certificate was sent')
      const foreign = await at(0, `expect status == 200, ${SHOWN}`, pair('foreign'))
      expect(foreign.judgement).toMatchObject({ outcome: 'fail', line: 'status 400 · wanted 200' })
    })

    it('that is refused inside TLS is an error that says so', async () => {
      expect((await at(1, `expect status == 200, ${SHOWN}`)).judgement.outcome).toBe('pass')
      for (const refused of [
        at(1, 'expect status == 200'),
        at(1, `expect status == 200, ${SHOWN}`, pair('foreign')),
      ])
        expect((await refused).judgement).toMatchObject({
          outcome: 'error',
          line: 'the server wants a client certificate, or another one: see client-cert',
        })
    })

    it('is in nothing that is kept or shown', async () => {
      const { observation } = await at(0, `expect status == 200, ${SHOWN}`)
      const kept = JSON.stringify([observation, shown(observation), curlOf(observation)])
      for (const name of ['client.key', 'client.pem']) {
        const lines = read(name)
          .split('\n')
          .filter((line) => line.length > 40 && !line.startsWith('-----'))
        expect(lines.length).toBeGreaterThan(1)
        for (const line of lines) expect(kept).not.toContain(line)
      }
      expect(observation.kind === 'http' && observation.connection?.client).toEqual({
        certificate: 'CLIENT_CERT',
        key: 'CLIENT_KEY',
      })
      expect(curlOf(observation)).toContain('--cert CLIENT_CERT.pem --key CLIENT_KEY.pem')
    })

    it('is shown by other kinds too', async () => {
      const host = `localhost:${ports[0]}`
      const given = { ...pair('client'), allowList: allow(host) }
      for (const text of [
        `steps https://${host} ${CA}, ${SHOWN}, step /, expect status == 200`,
        `tls https://${host} expect trusted, hostname, ${CA}, ${SHOWN}`,
        `composite need all part "a" http https://${host}/ expect status == 200, ${CA}, ${SHOWN} part "b" http https://${host}/ expect status == 400, ${CA}`,
      ])
        expect([text, (await look(text, given)).judgement.outcome]).toEqual([text, 'pass'])
    })

    it.each<[string, Record<string, string>, Record<string, string>, string]>([
      [
        'a key of another pair',
        {},
        { CLIENT_KEY: oneLine(read('foreign.key')) },
        'The key in CLIENT_KEY is not the one of the certificate in CLIENT_CERT. Set both from the same pair.',
      ],
      [
        'no certificate',
        { CLIENT_CERT: 'none at all' },
        {},
        "CLIENT_CERT holds no certificate in PEM. Set it to the client's certificate, in one line.",
      ],
      [
        'no key',
        {},
        { CLIENT_KEY: oneLine(read('client.pem')) },
        "CLIENT_KEY holds no private key in PEM. Set it to the key of the client's certificate, in one line.",
      ],
      [
        'half a key',
        {},
        { CLIENT_KEY: oneLine(read('client.key').replace(/\n[^-]+\n-/, '\nAAAA\n-')) },
        'CLIENT_KEY holds no private key in PEM',
      ],
      [
        'a key with a passphrase',
        {},
        { CLIENT_KEY: oneLine(locked(path.join(folder, 'client.key'))) },
        'The key in CLIENT_KEY has a passphrase. Set it to the key without one; the secret itself is sealed.',
      ],
      [
        'an ended certificate',
        pair('ended').variables,
        pair('ended').secrets,
        'The client certificate in CLIENT_CERT ended on ',
      ],
      [
        'a key that all can read',
        { CLIENT_KEY: pair('client').secrets.CLIENT_KEY },
        {},
        'CLIENT_KEY is a plain variable, which everybody in the team can read.',
      ],
    ])('%s is an error of the set-up', async (what, variables, secrets, line) => {
      const own = pair('client')
      const { judgement, observation } = await at(0, `expect status == 200, ${SHOWN}`, {
        variables: { ...own.variables, ...variables },
        secrets: what === 'a key that all can read' ? {} : { ...own.secrets, ...secrets },
      })
      expect(judgement.outcome).toBe('error')
      expect(judgement.line).toContain(line)
      expect(observation.kind !== 'window' && observation.connection).toBeNull()
    })
  },
)

function locked(file: string): string {
  return execFileSync('openssl', ['pkey', '-in', file, '-aes256', '-passout', 'pass:secret-word']).toString()
}

describe.skipIf(REDIS === undefined)(
  titled('a client certificate, asked for by Redis', REDIS, 'redis-server'),
  () => {
    const folder = newFolder('client-redis')
    const { pair } = files(folder)
    let port = 0
    let redis: Process

    beforeAll(async () => {
      port = await freePort()
      redis = await start({
        command: REDIS ?? '',
        args: [
          ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'yes', '--save', ''],
          ...['--tls-cert-file', `${folder}/site.pem`, '--tls-key-file', `${folder}/site.key`],
          ...['--tls-ca-cert-file', `${folder}/ca.pem`],
        ],
        folder,
        ports: [port],
      })
    })
    afterAll(() => redis.stop())

    it.each([
      ['client', SHOWN, 'pass'],
      ['foreign', SHOWN, 'error'],
      ['client', 'shelf 5m', 'error'],
    ])('of %s, %s: %s', async (name, rest, outcome) => {
      const host = `localhost:${port}`
      const { judgement } = await look(`redis rediss://${host} expect ping, ${CA}, ${rest}`, {
        ...pair(name),
        allowList: allow(host),
      })
      expect([judgement.outcome, judgement.line]).toEqual([outcome, expect.any(String)])
    })
  },
)
