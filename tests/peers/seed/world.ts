import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import tls from 'node:tls'
import { startSampleTarget } from '#lib/cli/sample-target.mjs'
import { type MailServer, startMailServer } from '#tests/support/mail-server.ts'
import { TOKEN as FORGE_TOKEN, SHA, startForge } from '../forge-api.ts'
import { github, REPO, review } from '../forge-github-data.ts'
import { TOKEN as KUBERNETES_TOKEN, startKubernetes, type Thing } from '../kubernetes-api.ts'
import {
  authority,
  certificate,
  freePort,
  NGINX,
  newFolder,
  PROMETHEUS,
  PROMTOOL,
  type Process,
  REDIS,
  start,
  startNginx,
} from '../processes.ts'
import { type Listening, serveFor } from './serve.ts'
import { cluster, startLoki, startPages } from './stand-ins.ts'

const HOUR = 3600

/** What has to be installed before such a world can start, by the names of Debian's packages. */
export function missingPrograms(): string[] {
  const needed = { nginx: NGINX, prometheus: PROMETHEUS && PROMTOOL, 'redis-server': REDIS }
  return Object.entries(needed).flatMap(([name, found]) => (found === undefined ? [name] : []))
}

/** Everything that the shipped checklist asks, on this machine: real servers, and stand-ins for what no package brings. */
export type SeedWorld = {
  variables: Record<string, string>
  secrets: Record<string, string>
  allowList: string[]
  /** The authority of the servers with TLS, as a file. */
  caFile: string
  mail: MailServer
  /** Bodies that the webhook of the engineering team was sent. */
  hooked: string[]
  prometheus: string
  /** Everything that can break breaks. */
  breakAll: () => Promise<void>
  stop: () => Promise<void>
}

function rules(isBroken: boolean): string {
  const errors = `sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > ${isBroken ? '0.2' : '0.01'}`
  const latency = 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 2'
  const one = (name: string, expr: string) =>
    `      - alert: ${name}\n        expr: '${expr}'\n        for: 5m\n`
  return `groups:\n  - name: web\n    interval: 1s\n    rules:\n${one('HighErrorRate', errors)}${one('HighLatency', latency)}`
}

/** An hour of processor time before the test, of another instance, so that there is something to compare with. */
function history(folder: string): void {
  const now = Math.floor(Date.now() / 1000)
  const lines = ['# TYPE process_cpu_seconds counter']
  for (let at = now - 2 * HOUR; at < now - 1200; at += 30)
    lines.push(
      `process_cpu_seconds_total{instance="before"} ${((at - now + 2 * HOUR) * 0.02).toFixed(2)} ${at}`,
    )
  const file = path.join(folder, 'history.txt')
  writeFileSync(file, `${lines.join('\n')}\n# EOF\n`)
  execFileSync(
    PROMTOOL ?? 'promtool',
    ['tsdb', 'create-blocks-from', 'openmetrics', file, path.join(folder, 'data')],
    {
      stdio: 'ignore',
    },
  )
}

function say(port: number, lines: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.end(`${lines.join('\r\n')}\r\nQUIT\r\n`))
    socket.resume()
    socket.once('error', reject).once('close', () => resolve())
  })
}

export async function startSeedWorld(): Promise<SeedWorld> {
  const broken = new Set<string>()
  const stops: (() => unknown)[] = []
  const trusted = tls.getCACertificates('default')

  // The service itself, behind nginx with TLS.
  const target = await startSampleTarget()
  stops.push(() => target.close())
  const site = newFolder('seed-site')
  const ca = authority(site, 'ca', 3000)
  certificate(site, { name: 'good', by: 'ca', host: 'app.localhost', days: 60 })
  certificate(site, { name: 'ending', by: 'ca', host: 'app.localhost', days: 5 })
  certificate(site, { name: 'api', by: 'ca', host: 'api.localhost', days: 20 })
  tls.setDefaultCACertificates([...trusted, ca])
  stops.push(() => rmSync(site, { recursive: true, force: true }))
  stops.push(() => tls.setDefaultCACertificates(trusted))
  const port = await freePort()
  const servers = (
    name: string,
    protocols: string,
    more: string,
  ) => `map $http_upgrade $connection_upgrade { default upgrade; '' close; }
    server { listen 127.0.0.1:${port} ssl; ${more} ssl_certificate ${site}/${name}.pem; ssl_certificate_key ${site}/${name}.key; ${protocols}
      location / { proxy_pass ${target.url}; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; } }`
  const modern = 'ssl_protocols TLSv1.2 TLSv1.3;'
  const old = 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0;'
  const serve = (certificateName: string, protocols: string, more = '') =>
    startNginx({
      folder: newFolder('seed-nginx'),
      servers: servers(certificateName, protocols, more),
      ports: [port],
    })
  let nginx = await serve('good', modern)
  stops.push(() => nginx.stop())

  // What measures it.
  const metrics = newFolder('seed-prometheus')
  history(metrics)
  const [prometheusPort, redisPort] = [await freePort(), await freePort()]
  const prometheus = `http://127.0.0.1:${prometheusPort}`
  writeFileSync(path.join(metrics, 'rules.yml'), rules(false))
  writeFileSync(
    path.join(metrics, 'prometheus.yml'),
    `global: { scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 1s }
rule_files: [rules.yml]
scrape_configs: [{ job_name: web, static_configs: [{ targets: ['${new URL(target.url).host}'] }] }]
`,
  )
  const running: Process[] = [
    await start({
      command: PROMETHEUS ?? '',
      args: [
        `--config.file=${metrics}/prometheus.yml`,
        `--storage.tsdb.path=${metrics}/data`,
        `--web.listen-address=127.0.0.1:${prometheusPort}`,
        '--web.enable-lifecycle',
      ],
      folder: metrics,
      ports: [prometheusPort],
    }),
  ]
  const cache = newFolder('seed-redis')
  running.push(
    await start({
      command: REDIS ?? '',
      args: [
        '--bind',
        '127.0.0.1',
        '--port',
        String(redisPort),
        '--save',
        '',
        '--appendonly',
        'no',
        '--dir',
        cache,
      ],
      folder: cache,
      ports: [redisPort],
    }),
  )
  stops.push(() => Promise.all(running.map((one) => one.stop())))
  await say(redisPort, [
    ...Array.from({ length: 50 }, (_, index) => `SET session:${index} x EX 3600`),
    ...Array.from({ length: 1200 }, (_, index) => `GET session:${index % 50}`),
  ])

  // Stand-ins for what no package of the machine brings.
  const objects: Record<string, Thing[]> = cluster(broken)
  const kubernetes = await startKubernetes({ folder: site, name: 'api', objects })
  const forge = await startForge()
  const commit = { [`${REPO}/commits/${SHA}`]: { sha: SHA } }
  github(Object.assign(forge.answers, commit))
  const [loki, pages] = [await startLoki(broken), await startPages(broken)]
  const hooked: string[] = []
  const hook: Listening = await serveFor((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      hooked.push(body)
      response.end('ok')
    })
  })
  const mail = await startMailServer()
  stops.push(...[kubernetes, forge, loki, pages, hook, mail].map((one) => () => one.close()))

  const base = `https://app.localhost:${port}`
  return {
    variables: {
      BASE_URL: base,
      ASSET_URL: `${base}/static/app.js`,
      WEBSOCKET_URL: `wss://app.localhost:${port}/ws`,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      PROMETHEUS_URL: prometheus,
      FORGE_URL: forge.url,
      FORGE_REPOSITORY: 'acme/web',
      KUBERNETES_URL: `https://api.localhost:${kubernetes.port}`,
      KUBERNETES_CA: ca.replaceAll('\n', '\\n'),
      KUBERNETES_NAMESPACE: 'shop',
      LOKI_URL: loki.url,
      PROBE_USER: 'probe@example.org',
      IDLE_PROBE_USER: 'short@example.org',
      THIRD_PARTY_URL: `${pages.url}/third-party`,
      MFA_REPORT_URL: `${pages.url}/mfa`,
      RATE_LIMITED_URL: `${pages.url}/limited`,
      STATUS_PAGE_URL: pages.url,
      RELEASE_NOTES_URL: `${pages.url}/notes`,
      API_DOCS_URL: `${pages.url}/docs`,
      RUNBOOK_URL: `${pages.url}/runbook`,
      ONCALL_MAIL: 'on-call@example.com',
      ESCALATION_MAIL: 'head@example.com',
      STAKEHOLDERS_MAIL: 'stakeholders@example.com',
      SUPPORT_MAIL: 'support@example.com',
      SALES_MAIL: 'sales@example.com',
      ENGINEERING_WEBHOOK: `${hook.url}/engineering`,
      ...Object.fromEntries(
        ['CI_REPORTS', 'BACKUP_HEARTBEAT', 'ALERT_RULES', 'CACHE_TTLS', 'POOL_METRICS', 'QUERY_METRICS'].map(
          (name) => [name, 'yes'],
        ),
      ),
    },
    secrets: {
      FORGE_TOKEN,
      KUBERNETES_TOKEN,
      PROBE_PASSWORD: 'a long enough sentence',
      THIRD_PARTY_TOKEN: 'third-party-token',
      MFA_REPORT_TOKEN: 'mfa-report-token',
    },
    allowList: [
      `app.localhost:${port}`,
      `127.0.0.1:${redisPort}`,
      `127.0.0.1:${prometheusPort}`,
      `api.localhost:${kubernetes.port}`,
      ...[forge, loki, pages, hook].map(({ host }) => host),
    ],
    caFile: path.join(site, 'ca.pem'),
    mail,
    hooked,
    prometheus,
    async breakAll() {
      const switches =
        'health db redis api csp frame nosniff hsts compression cache websocket private logout idle token weak errors latency leak cpu queries pool'
      for (const name of switches.split(' ')) target.broken.add(name)
      const others =
        'limit credential mfa status notes docs runbook logs audit log-errors nodes room endpoints'
      for (const name of others.split(' ')) broken.add(name)
      Object.assign(objects, cluster(broken))
      github(forge.answers, {
        pull: { mergeable: false, mergeable_state: 'dirty' },
        reviews: [review('bo', 'CHANGES_REQUESTED')],
      })
      writeFileSync(path.join(metrics, 'rules.yml'), rules(true))
      await fetch(`${prometheus}/-/reload`, { method: 'POST' })
      await nginx.stop()
      // Users see no metrics any more; Prometheus, which asks from inside, still does.
      nginx = await serve(
        'ending',
        old,
        `location = /metrics { return 500; }
        location = / { proxy_pass ${target.url}; proxy_hide_header Content-Type; add_header Content-Type text/plain; }`,
      )
      await running.pop()?.stop()
    },
    async stop() {
      for (const stop of stops.reverse()) await stop()
    },
  }
}
