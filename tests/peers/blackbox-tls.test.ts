import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Exporter, startExporter } from './exporter.ts'
import {
  authority,
  BLACKBOX,
  certificate,
  freePort,
  NGINX,
  newFolder,
  type Process,
  startNginx,
  titled,
} from './processes.ts'
import { allow, look } from './servers.ts'

const SITES = ['two', 'one', 'both', 'certified'] as const
type Site = (typeof SITES)[number]
type Case = { name: string; site: Site; module: object; probe: string; client?: 'client' | 'foreign' }

const HTTP2 = ['HTTP/1.0', 'HTTP/1.1', 'HTTP/2.0'] as const
const SHOWN = 'client-cert $' + '{CERT} key $' + '{KEY}'

/** Versions of HTTP as the server offers them, other names, and certificates of the client: as a module of the exporter and as a probe. */
function cases(folder: string): Case[] {
  const versions = (['two', 'one', 'both'] as const).flatMap((site) =>
    [true, false].flatMap((enable_http2) => [
      ...HTTP2.map((version) => ({
        name: `${site}: ${version}${enable_http2 ? '' : ', HTTP/2 off'}`,
        site,
        module: { enable_http2, valid_http_versions: [version] },
        probe: `expect http-version == ${version.slice(5)}${enable_http2 ? '' : ', http1'}`,
      })),
      {
        name: `${site}: 1.1 or 2${enable_http2 ? '' : ', HTTP/2 off'}`,
        site,
        module: { enable_http2, valid_http_versions: ['HTTP/1.1', 'HTTP/2.0'] },
        probe: `expect http-version >= 1.1${enable_http2 ? '' : ', http1'}`,
      },
    ]),
  )
  const body = (text: string) => ({ fail_if_body_not_matches_regexp: [text] })
  const named = ['app.example', 'other.example', 'localhost'].flatMap((name) => [
    {
      name: `Host ${name}`,
      site: 'both' as const,
      module: { headers: { Host: name }, ...body(`as ${name} for ${name}`) },
      probe: `expect body contains "as ${name} for ${name}", host ${name}`,
    },
    {
      name: `server name ${name}`,
      site: 'both' as const,
      module: { tls_config: { server_name: name }, ...body(`as ${name} for localhost`) },
      probe: `expect body contains "as ${name} for localhost", sni ${name}`,
    },
    {
      name: `Host ${name}, server name app.example`,
      site: 'both' as const,
      module: {
        headers: { Host: name },
        tls_config: { server_name: 'app.example' },
        ...body(`as app.example for ${name}`),
      },
      probe: `expect body contains "as app.example for ${name}", host ${name}, sni app.example`,
    },
  ])
  const client = (name: string) => ({ cert_file: `${folder}/${name}.pem`, key_file: `${folder}/${name}.key` })
  const certified = [
    { name: 'no client certificate', site: 'certified' as const, module: {}, probe: 'expect status == 200' },
    ...(['client', 'foreign'] as const).map((name) => ({
      name: `client certificate: ${name}`,
      site: 'certified' as const,
      module: { tls_config: client(name), ...body('hello CN=probe.example') },
      probe: `expect status == 200, body contains "hello CN=probe.example", ${SHOWN}`,
      client: name,
    })),
  ]
  return [...versions, ...named, ...certified]
}

describe.skipIf(NGINX === undefined || BLACKBOX === undefined)(
  titled(
    'HTTP/2, other names and client certificates as blackbox_exporter takes them',
    BLACKBOX,
    'nginx prometheus-blackbox-exporter',
  ),
  () => {
    const folder = newFolder('blackbox-tls')
    const all = cases(folder)
    const ports = new Map<Site, number>()
    let nginx: Process
    let exporter: Exporter
    let ca = ''

    beforeAll(async () => {
      for (const site of SITES) ports.set(site, await freePort())
      ca = authority(folder, 'ca', 3000)
      authority(folder, 'stranger', 3000)
      // That of other.example is for another name: asking for it is answered, and fails.
      for (const [name, host] of [
        ['localhost', 'localhost'],
        ['app.example', 'app.example'],
        ['other.example', 'elsewhere.example'],
        ['client', 'probe.example'],
      ])
        certificate(folder, { name: name ?? '', by: 'ca', host: host ?? '', days: 60 })
      certificate(folder, { name: 'foreign', by: 'stranger', host: 'probe.example', days: 60 })
      const site = (name: Site, { host = 'localhost', http2 = true, more = '' } = {}) =>
        `server { listen 127.0.0.1:${ports.get(name)} ssl${http2 ? ' http2' : ''}; server_name ${host}; ${more}
          ssl_certificate ${folder}/${host}.pem; ssl_certificate_key ${folder}/${host}.key;
          location / { return 200 "hello $ssl_client_s_dn, as $ssl_server_name for $host"; } }`
      const verify = `ssl_client_certificate ${folder}/ca.pem; ssl_verify_client on;`
      const servers = [
        site('two'),
        site('one', { http2: false }),
        ...['localhost', 'app.example', 'other.example'].map((host) => site('both', { host })),
        site('certified', { more: verify }),
      ]
      nginx = await startNginx({ folder, servers: servers.join('\n'), ports: [...ports.values()] })
      const modules = all.map(({ module }, index) => {
        const { tls_config = {}, ...rest } = module as { tls_config?: object }
        const http = {
          preferred_ip_protocol: 'ip4',
          ...rest,
          tls_config: { ca_file: `${folder}/ca.pem`, ...tls_config },
        }
        return [`m${index}`, { prober: 'http', timeout: '2s', http }]
      })
      exporter = await startExporter(Object.fromEntries(modules))
    }, 60_000)
    afterAll(async () => {
      await nginx.stop()
      await exporter.stop()
    })

    async function theirs({ site }: Case, index: number) {
      const text = await exporter.ask(`m${index}`, `https://localhost:${ports.get(site)}/`)
      const version = /^probe_http_version (\S+)$/m.exec(text)?.[1]
      return { passes: /^probe_success 1$/m.test(text), version: Number(version) }
    }

    async function ours({ site, probe, client = 'client' }: Case) {
      const host = `localhost:${ports.get(site)}`
      const read = (end: string) =>
        readFileSync(path.join(folder, `${client}.${end}`), 'utf8').replaceAll('\n', ' ')
      const { judgement, observation } = await look(`http https://${host}/ ${probe}, ca $\{CA}`, {
        variables: { CA: ca, CERT: read('pem') },
        secrets: { KEY: read('key') },
        allowList: allow(host, 'app.example', 'other.example'),
      })
      if (observation.kind !== 'http') throw new Error(observation.kind)
      return {
        passes: judgement.verdict === 'pass',
        said: judgement.line,
        version: Number(observation.response?.httpVersion ?? 0),
      }
    }

    it.each(all.map((one, index) => ({ ...one, index })))('$name', async ({ index, ...one }) => {
      const [exported, { said, ...own }] = await Promise.all([theirs(one, index), ours(one)])
      expect([own, said]).toEqual([exported, expect.any(String)])
    })

    it('is judged both ways by both', async () => {
      const passes = await Promise.all(all.map(async (one, index) => (await theirs(one, index)).passes))
      expect(readFileSync('docs/probes.md', 'utf8')).toContain(`client certificate: ${all.length} cases`)
      expect(passes.filter(Boolean).length).toBeGreaterThan(10)
      expect(passes.filter((pass) => !pass).length).toBeGreaterThan(10)
    })
  },
)
