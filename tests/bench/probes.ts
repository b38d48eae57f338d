import tls from 'node:tls'
import { parseProbe } from '#lib/probes/annotation.ts'
import { observe } from '#lib/probes/channels/observe.ts'
import { judge } from '#lib/probes/judge.ts'
import { isPulledConfig } from '#lib/probes/pushed.ts'
import { parseAllowEntry } from '#lib/shared/allow-entry.ts'
import { startExporter } from '#tests/peers/exporter.ts'
import { freePort, newFolder, ownCertificate, startNginx } from '#tests/peers/processes.ts'
import { asker, cpuOf } from './blackbox.ts'
import { type Line, line } from './line.ts'
import { CLIENTS, SECONDS } from './rate.ts'

const TARGETS = 1_000
/** Both sides in turn, so often, so that a busy machine slows both. */
const ROUNDS = 6

type Spent = { probes: number; seconds: number; cpu: number }
type Side = (scheme: 'http' | 'https', until: number) => Promise<number>

/**
 * HTTP probes a second and processor time a probe, observed and judged in this process, against blackbox_exporter asked over
 * its HTTP API: the same 1,000 addresses of one nginx at 32 ports, as no more than two looks are at one host and port; the same 32 at
 * once, in turn. TLS is a whole handshake each time.
 */
export async function probes(): Promise<Line[]> {
  process.env.DATABASE_URL ??= 'postgresql://nobody@127.0.0.1:1/none'
  process.env.NEXTAUTH_SECRET ??= 'only-for-tests-only-for-tests-only-for-tests'
  const folder = newFolder('bench')
  const [plain, secure] = [await freePorts(), await freePorts()]
  const trusted = ownCertificate(folder, 'site', 2)
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), trusted])
  const nginx = await startNginx({
    folder,
    servers: server({ folder, plain, secure }),
    ports: [...plain, ...secure],
  })
  const exporter = await startExporter({
    ok: {
      prober: 'http',
      timeout: '5s',
      http: {
        preferred_ip_protocol: 'ip4',
        valid_status_codes: [200],
        tls_config: { ca_file: `${folder}/site.pem` },
      },
    },
  })
  try {
    const targetOf = (scheme: string, index: number) => {
      const target = index % TARGETS
      return `${scheme}://localhost:${(scheme === 'https' ? secure : plain)[target % CLIENTS]}/t/${target}`
    }
    const ours = ourSide({ targetOf, ports: [...plain, ...secure] })
    const theirs = theirSide({ targetOf, port: exporter.port })
    const lines: Line[] = []
    for (const scheme of ['http', 'https'] as const) {
      const spent = { ours: nothing(), theirs: nothing() }
      // Warm before anything counts.
      await ours(scheme, performance.now() + 1_000)
      await theirs(scheme, performance.now() + 1_000)
      for (let round = 0; round < ROUNDS; round++) {
        await timed(spent.ours, {
          side: ours,
          scheme,
          cpu: () => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
        })
        await timed(spent.theirs, { side: theirs, scheme, cpu: () => cpuOf(exporter.pid) })
      }
      const name = scheme === 'http' ? 'probes-plain' : 'probes-tls'
      lines.push(
        line(name, { ours: rate(spent.ours), reference: rate(spent.theirs), unit: 'probes/s' }),
        line(`${name}-cpu`, { ours: cost(spent.ours), reference: cost(spent.theirs), unit: 'ms/probe' }),
      )
    }
    return lines
  } finally {
    await exporter.stop()
    await nginx.stop()
  }
}

const nothing = (): Spent => ({ probes: 0, seconds: 0, cpu: 0 })
const rate = ({ probes: count, seconds }: Spent) => count / seconds
const cost = ({ probes: count, cpu }: Spent) => (cpu * 1000) / count

async function timed(
  spent: Spent,
  { side, scheme, cpu }: { side: Side; scheme: 'http' | 'https'; cpu: () => number },
): Promise<void> {
  const [since, before] = [performance.now(), cpu()]
  spent.probes += await side(scheme, since + (SECONDS * 1000) / 2)
  spent.seconds += (performance.now() - since) / 1000
  spent.cpu += cpu() - before
}

type TargetOf = (scheme: string, index: number) => string

function ourSide({ targetOf, ports }: { targetOf: TargetOf; ports: readonly number[] }): Side {
  const allowList = ports.flatMap((port) => {
    const entry = parseAllowEntry(`localhost:${port}`)
    return entry.ok ? [entry.value] : []
  })
  const configs = new Map(
    ['http', 'https'].flatMap((scheme) =>
      Array.from({ length: TARGETS }, (_, index) => {
        const url = targetOf(scheme, index)
        const parsed = parseProbe(`http ${url} expect status == 200`)
        if (!parsed.ok || !isPulledConfig(parsed.config)) throw new Error(url)
        return [url, parsed.config] as const
      }),
    ),
  )
  return (scheme, until) =>
    inTurns(until, async (index) => {
      const config = configs.get(targetOf(scheme, index))
      if (config === undefined) throw new Error('no such target')
      const signal = new AbortController().signal
      const observation = await observe({ config, variables: {}, allowList, signal })
      const { verdict, line: said } = judge(config, observation)
      if (verdict !== 'pass') throw new Error(said)
    })
}

function theirSide({ targetOf, port }: { targetOf: TargetOf; port: number }): Side {
  return async (scheme, until) => {
    const askers = Array.from({ length: CLIENTS }, () => asker(port))
    const done = await inTurns(until, async (index, client) => {
      const target = encodeURIComponent(targetOf(scheme, index))
      const text = await askers[client]?.ask(`/probe?module=ok&target=${target}`)
      if (!text?.includes('\nprobe_success 1\n')) throw new Error('the exporter sees a failure')
    })
    for (const one of askers) one.end()
    return done
  }
}

async function inTurns(
  until: number,
  work: (index: number, client: number) => Promise<void>,
): Promise<number> {
  let started = 0
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      while (performance.now() < until) await work(started++, client)
    }),
  )
  return started
}

async function freePorts(): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < CLIENTS) ports.add(await freePort())
  return [...ports]
}

function server({
  folder,
  plain,
  secure,
}: {
  folder: string
  plain: readonly number[]
  secure: readonly number[]
}): string {
  const listens = [
    ...plain.map((port) => `listen 127.0.0.1:${port};`),
    ...secure.map((port) => `listen 127.0.0.1:${port} ssl;`),
  ]
  return `ssl_certificate ${folder}/site.pem; ssl_certificate_key ${folder}/site.key; ssl_session_cache off; ssl_session_tickets off;
  server { ${listens.join(' ')}
    add_header Strict-Transport-Security "max-age=31536000"; add_header X-Frame-Options DENY;
    location / { return 200 "${'<p>All is well. '.repeat(64)}"; } }`
}
