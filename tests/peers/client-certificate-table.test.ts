import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { KINDS } from '#lib/probes/kinds.ts'
import { startAlertmanager, startRules } from './alerting-servers.ts'
import { startForge } from './forge-api.ts'
import { github } from './forge-github-data.ts'
import { startGrpc } from './grpc-server.ts'
import { KIND_TABLE, LOOKING_KINDS, type LookingKind } from './kind-table.ts'
import {
  type Demanding,
  SUBJECT,
  startDemandingNginx,
  startDemandingPostgres,
  startDemandingRedis,
  startFront,
  startWeb,
} from './mutual-tls.ts'
import {
  ALERTMANAGER,
  authority,
  certificate,
  NGINX,
  newFolder,
  PROMETHEUS,
  REDIS,
  titled,
} from './processes.ts'
import { allow, httpServer, look } from './servers.ts'

/** Every kind whose grammar takes the clause: what it is not in the table for does not compile, and see the first test. */
type CertifiedKind = Exclude<LookingKind, 'dns'>
const CLEAR = ['web', 'prometheus', 'alertmanager', 'forge', 'grpc'] as const
type Clear = (typeof CLEAR)[number]
type Row = {
  /** What stands behind the servers that demand a certificate; Redis and PostgreSQL do so themselves. */
  at: Clear | 'redis' | 'postgres'
  /** In place of the scheme that the kind has in the clear. */
  scheme?: string
  /** In place of the probe that all tables ask with. */
  probe?: string
  /** Where the clauses do not stand at its end. */
  with?: (clauses: { ca: string; client: string }) => string
}
const T = '$' + '{TARGET}'
const TABLE: Record<CertifiedKind, Row> = {
  http: { at: 'web' },
  tls: { at: 'web', probe: `tls ${T} expect trusted, hostname, offers 1.2` },
  promql: { at: 'prometheus', probe: `promql ${T} "vector(1)" expect all == 1` },
  kubernetes: {
    at: 'web',
    with: ({ ca, client }) => `kubernetes ${T}${ca} deployment shop/web expect rolled-out${client}`,
  },
  grpc: {
    at: 'grpc',
    scheme: 'grpcs',
    with: ({ ca, client }) => `grpc ${T}${ca} expect serving${client}`,
  },
  tcp: { at: 'redis', scheme: 'tls' },
  logs: { at: 'web' },
  rules: { at: 'prometheus' },
  alertmanager: { at: 'alertmanager' },
  forge: { at: 'forge' },
  metrics: { at: 'web' },
  websocket: { at: 'web', scheme: 'wss' },
  redis: { at: 'redis', scheme: 'rediss' },
  postgres: { at: 'postgres', probe: `postgres ${T}/postgres?sslmode=verify-full expect select, encrypted` },
  delivery: { at: 'web' },
  sse: { at: 'web' },
  // In the clear it leads to where the certificate is wanted.
  redirect: { at: 'web', scheme: 'http' },
  cors: { at: 'web' },
  cookies: { at: 'web' },
  headers: { at: 'web', probe: `headers ${T}/ expect score >= 0, plain none` },
  composite: {
    at: 'web',
    with: ({ ca, client }) =>
      `composite need all part a http ${T}/a expect body lacks nothing${ca}${client} part b sse ${T}/b expect open${ca}${client}`,
  },
  steps: { at: 'web' },
}
const CERTIFIED = Object.keys(TABLE) as CertifiedKind[]
const isClear = (at: Row['at']): at is Clear => CLEAR.some((one) => one === at)
/** Those with a server of their own that asks for a certificate, and those with one in front. */
const OWN = CERTIFIED.filter((kind) => !isClear(TABLE[kind].at))
const FRONTED = CERTIFIED.filter((kind) => isClear(TABLE[kind].at))

function clearOf(kind: CertifiedKind): Clear {
  const { at } = TABLE[kind]
  if (!isClear(at)) throw new Error(`${kind} has a server of its own`)
  return at
}

const CLIENT = 'client-cert $' + '{CLIENT_CERT} key $' + '{CLIENT_KEY}'
const CA = 'ca $' + '{CORP_CA}'

/** The probe of a kind, with the client's certificate or without. */
function written(kind: CertifiedKind, isShown: boolean): string {
  const { probe = KIND_TABLE[kind].probe, with: placed } = TABLE[kind]
  const client = isShown ? `, ${CLIENT}` : ''
  if (placed === undefined) return `${probe}, ${CA}${client}`
  // Some heads name the authorities, behind the address.
  return placed({ ca: kind === 'composite' ? `, ${CA}` : ` ${CA}`, client })
}

describe('the table of client certificates', () => {
  it('has every kind that takes the clause', () => {
    const taking = LOOKING_KINDS.filter((kind) => {
      const { probe } = KIND_TABLE[kind]
      return parseProbe(`${probe}, ${CLIENT}`).ok
    })
    expect(taking.toSorted()).toEqual(CERTIFIED.toSorted())
    expect(KINDS.filter((kind) => !LOOKING_KINDS.some((one) => one === kind))).toEqual([
      'report',
      'heartbeat',
    ])
  })
})

const LACKS = [NGINX, REDIS, PROMETHEUS, ALERTMANAGER]
describe.skipIf(LACKS.includes(undefined))(
  titled(
    'a client certificate of every kind',
    LACKS.every((one) => one !== undefined) ? 'all' : undefined,
    'nginx redis-server prometheus prometheus-alertmanager',
  ),
  () => {
    const folder = newFolder('mutual')
    const one = (text: string) => text.trim().replaceAll('\n', '\\n')
    const ca = authority(folder, 'ca', 3000)
    certificate(folder, { name: 'site', by: 'ca', host: 'localhost', days: 60 })
    certificate(folder, { name: 'client', by: 'ca', host: SUBJECT, days: 60 })
    const read = (name: string) => one(readFileSync(path.join(folder, name), 'utf8'))

    const stops: (() => unknown)[] = []
    const kept = <T extends { stop: () => unknown }>(started: T): T => {
      stops.push(started.stop)
      return started
    }
    let nginx: Awaited<ReturnType<typeof startDemandingNginx<Clear>>>
    let fronts: Record<Clear, Demanding>
    let older: Demanding
    let redis: { port: number }
    let postgres: Demanding

    beforeAll(async () => {
      const web = kept(await startWeb())
      const prometheus = kept(
        await startRules({ rules: 'groups: [{ name: a, rules: [{ record: b, expr: vector(1) }] }]' }),
      )
      const alertmanager = kept(await startAlertmanager())
      const forge = await startForge()
      stops.push(() => forge.close())
      github(forge.answers)
      forge.state.wants = false
      const { server, port } = await startGrpc()
      stops.push(() => server.forceShutdown())
      const portIn = (url: string) => Number(new URL(url).port)
      const to = {
        web: web.port,
        prometheus: portIn(prometheus.url),
        alertmanager: portIn(alertmanager.url),
        forge: portIn(forge.url),
        grpc: port,
      }
      nginx = kept(await startDemandingNginx({ folder, to }))
      const front = async (name: Clear) => {
        const alpn = name === 'grpc' ? 'h2' : 'http/1.1'
        return [name, kept(await startFront({ folder, to: to[name], alpn }))] as const
      }
      fronts = Object.fromEntries(await Promise.all(CLEAR.map(front))) as Record<Clear, Demanding>
      older = kept(await startFront({ folder, to: to.web, alpn: 'http/1.1', newest: 'TLSv1.2' }))
      redis = kept(await startDemandingRedis(folder))
      postgres = kept(await startDemandingPostgres(folder))
    }, 60_000)
    afterAll(async () => {
      for (const stop of stops.toReversed()) await stop()
    })

    async function asked(kind: CertifiedKind, port: number, isShown: boolean) {
      const { scheme = 'https' } = TABLE[kind]
      const host = `localhost:${port}`
      // Only this kind begins in the clear.
      const before =
        kind === 'redirect'
          ? await httpServer((_request, response) =>
              response.writeHead(301, { location: `https://${host}/` }).end(),
            )
          : null
      const target = before === null ? `${scheme}://${host}` : `http://localhost:${before.port}`
      const isPostgres = kind === 'postgres'
      const seen = await look(written(kind, isShown), {
        variables: {
          TARGET: isPostgres ? `postgresql://${SUBJECT}@${host}` : target,
          CORP_CA: one(ca),
          CLIENT_CERT: read('client.pem'),
        },
        secrets: { CLIENT_KEY: read('client.key') },
        allowList: allow(host, new URL(target).host),
        resolve: async () => ['127.0.0.1'],
      })
      await before?.close()
      return seen.judgement
    }

    it.each(FRONTED)('%s shows it to nginx', async (kind) => {
      nginx.saw()
      const judgement = await asked(kind, nginx.ports[clearOf(kind)], true)
      expect([judgement.outcome, judgement.line]).toEqual([
        expect.not.stringMatching(/^(error|blocked|skipped)$/),
        expect.any(String),
      ])
      // A handshake alone is no request, of which nginx would write a line.
      if (kind !== 'tls') expect(new Set(nginx.saw())).toEqual(new Set([`CN=${SUBJECT}`]))
    })

    it.each(FRONTED)(
      '%s shows it to a server that refuses inside TLS, which says so without one',
      async (kind) => {
        const front = fronts[clearOf(kind)]
        const judgement = await asked(kind, front.port, true)
        expect([judgement.outcome, judgement.line]).toEqual([
          expect.not.stringMatching(/^(error|blocked|skipped)$/),
          expect.any(String),
        ])
        expect(new Set(front.saw())).toEqual(new Set([SUBJECT]))
        const none = await asked(kind, front.port, false)
        if (kind === 'tls')
          // In TLS 1.3 the handshake is over for us before the server looks for it: what is looked at has been seen.
          expect(none.outcome).toBe('pass')
        else
          expect(none).toMatchObject({
            outcome: 'error',
            line: expect.stringContaining('client certificate'),
          })
        expect(front.saw()).toEqual([])
      },
    )

    it.each(FRONTED.filter((kind) => clearOf(kind) === 'web'))(
      '%s is told so in TLS 1.2 too',
      async (kind) => {
        expect((await asked(kind, older.port, true)).outcome).not.toBe('error')
        expect(await asked(kind, older.port, false)).toMatchObject({
          outcome: 'error',
          line: expect.stringContaining('client certificate'),
        })
      },
    )

    it.each(FRONTED.filter((kind) => clearOf(kind) === 'web' && !['tls', 'websocket'].includes(kind)))(
      '%s is told so in HTTP/2 too',
      async (kind) => {
        expect(await asked(kind, fronts.grpc.port, false)).toMatchObject({
          outcome: 'error',
          line: expect.stringContaining('client certificate'),
        })
      },
    )

    it('is no reason to call a version refused that the server has agreed on', async () => {
      const { port } = fronts.web
      const seen = (rest: string) =>
        look(`tls https://localhost:${port} expect trusted, ${rest}, ${CA}`, {
          variables: { CORP_CA: one(ca) },
          allowList: allow(`localhost:${port}`),
          resolve: async () => ['127.0.0.1'],
        })
      const { judgement, observation } = await seen('refuses 1.2')
      expect(judgement).toMatchObject({ outcome: 'fail', line: expect.stringContaining('TLS 1.2 accepted') })
      expect(observation.kind === 'tls' && observation.versions).toEqual([
        { version: '1.2', result: 'accepted', why: 'TLSv1.2, and a client certificate is wanted' },
      ])
      expect((await seen('offers 1.2, offers 1.3, refuses 1.1')).judgement.outcome).toBe('pass')
    })

    it.each(OWN)('%s shows it to the server of its kind', async (kind) => {
      const { port } = TABLE[kind].at === 'redis' ? redis : postgres
      expect((await asked(kind, port, true)).outcome).toBe('pass')
      if (kind === 'postgres') expect(postgres.saw()).toContain(`CN=${SUBJECT}`)
      expect(await asked(kind, port, false)).toMatchObject({
        outcome: 'error',
        line: expect.stringContaining('client certificate'),
      })
    })
  },
)
