import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProbedRun, probed, until } from '#tests/commands/worker/probed-run.ts'
import { freePort, startServer, type TestServer } from '#tests/support/server.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { httpServer, type Listening } from './servers.ts'

const find = (name: string) =>
  ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file))
const PROMETHEUS = find('prometheus')
const PROMTOOL = find('promtool')
const TOKEN = 'only-the-scraper-knows'

const database = useTestDatabase()

type Sample = { metric: Record<string, string>; value: [number, string] }

describe.skipIf(PROMETHEUS === undefined || PROMTOOL === undefined)(
  `a real Prometheus${PROMETHEUS && PROMTOOL ? '' : ' (not installed: apt-get install prometheus)'}`,
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'prometheus-'))
    let server: TestServer
    let target: Listening
    let prometheus: ChildProcess
    let ports = { worker: 0, prometheus: 0 }

    const api = async <T>(question: string): Promise<T> => {
      const answer = await fetch(`http://127.0.0.1:${ports.prometheus}/api/v1/${question}`)
      return ((await answer.json()) as { data: T }).data
    }
    const query = async (words: string): Promise<Sample[]> =>
      (await api<{ result: Sample[] }>(`query?query=${encodeURIComponent(words)}`)).result
    const value = async (words: string): Promise<number> =>
      Number((await query(words))[0]?.value[1] ?? Number.NaN)
    const text = async (port: number): Promise<string> => {
      const headers = { authorization: `Bearer ${TOKEN}` }
      return (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).text()
    }

    beforeAll(async () => {
      ports = { worker: await freePort(), prometheus: await freePort() }
      server = await startServer({
        databaseUrl: database.url(),
        env: { METRICS_TOKEN: TOKEN, WORKER_METRICS_PORT: String(ports.worker) },
      })
      target = await httpServer((request, response) => {
        response.writeHead(request.url === '/health/' ? 200 : 503).end('x')
      })
      const job = (name: string, port: number) =>
        `  - job_name: ${name}\n    authorization: { credentials: ${TOKEN} }\n    static_configs: [{ targets: ['127.0.0.1:${port}'] }]\n`
      writeFileSync(
        path.join(folder, 'prometheus.yml'),
        `global: { scrape_interval: 1s, scrape_timeout: 1s }\nscrape_configs:\n${job('server', server.port)}${job('worker', ports.worker)}`,
      )
      const words = [
        `--config.file=${folder}/prometheus.yml`,
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${ports.prometheus}`,
        '--log.level=error',
      ]
      prometheus = spawn(PROMETHEUS ?? 'prometheus', words, { stdio: 'ignore' })
      await until('Prometheus is ready', async () =>
        fetch(`http://127.0.0.1:${ports.prometheus}/-/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      )
    }, 90_000)
    afterAll(async () => {
      if (prometheus && prometheus.exitCode === null) {
        const gone = new Promise((resolve) => prometheus.once('exit', resolve))
        prometheus.kill('SIGTERM')
        await gone
      }
      await server?.stop()
      await target?.close()
      rmSync(folder, { recursive: true, force: true })
    })

    it('scrapes server and worker, and finds requests, pool, database and probes in them', async () => {
      // Its probes start with it.
      await openProbedRun({
        lines: [probed('Up', '/health/'), probed('Down', '/other/')],
        target: target.url,
      })
      for (const missing of ['/sign-in', '/nowhere/at/all/x/y', '/api/session'])
        await (await fetch(server.url + missing)).body?.cancel()

      await until('both are scraped', async () => (await value('sum(up)')) === 2)
      const targets = await api<{ activeTargets: { lastError: string }[] }>('targets?state=active')
      expect(targets.activeTargets.map(({ lastError }) => lastError)).toEqual(['', ''])

      const requests = 'countersign_http_request_duration_seconds_count'
      await until('the requests are seen', async () => (await query(`${requests}{kind="page"}`)).length > 0)
      expect(await value(`${requests}{kind="page",status="2xx"}`)).toBeGreaterThanOrEqual(1)
      expect(await value(`${requests}{kind="auth",status="4xx"}`)).toBeGreaterThanOrEqual(1)
      expect(await value(`${requests}{kind="unmatched",status="4xx"}`)).toBeGreaterThanOrEqual(1)
      expect(await query(`${requests}{kind="page",le="+Inf"}`)).toEqual([])
      expect(
        await value(
          'histogram_quantile(0.95, sum by (le) (countersign_http_request_duration_seconds_bucket))',
        ),
      ).toBeGreaterThan(0)

      const attempts = 'countersign_probe_attempt_duration_seconds_count'
      await until('the probes are seen', async () => (await query(attempts)).length >= 2)
      expect(await value(`sum(${attempts}{job="worker",kind="http",verdict="pass",outcome="pass"})`)).toBe(1)
      expect(await value(`sum(${attempts}{job="worker",kind="http",verdict="fail",outcome="fail"})`)).toBe(1)

      expect(await value('countersign_db_pool_connections{job="server"}')).toBeGreaterThanOrEqual(1)
      expect(await value('countersign_db_pool_idle_connections{job="server"}')).toBeGreaterThanOrEqual(0)
      expect(await value('countersign_db_pool_waiting_requests{job="server"}')).toBe(0)
      expect(await value('countersign_db_pool_max_connections{job="worker"}')).toBe(20)
      expect(await value('countersign_database_up{job="server"}')).toBe(1)
      expect(await value('countersign_sessions{job="server"}')).toBeGreaterThanOrEqual(2)
      await until('the outbox is empty', async () => (await value('countersign_outbox_events')) === 0)
      expect(await value('countersign_outbox_lag_seconds{job="server"}')).toBe(0)
      expect(await value('countersign_live_watchers{job="server"}')).toBe(0)
      // What is counted in the whole database is said by servers alone: a sum over all targets stays near the truth.
      expect(await query('countersign_sessions{job="worker"}')).toEqual([])
    })

    it('keeps to the conventions, with HELP and TYPE for each family, and few series', async () => {
      for (const port of [server.port, ports.worker]) {
        const said = await text(port)
        // promtool writes what it finds wrong and ends with 3; Node's own families, which prom-client names, are not ours.
        const ours = said
          .split('\n')
          .filter((line) => /^(# (HELP|TYPE) )?countersign_/.test(line))
          .join('\n')
        execFileSync(PROMTOOL ?? 'promtool', ['check', 'metrics'], { input: `${ours}\n` })
        const families = [...ours.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1])
        expect(families.length).toBeGreaterThan(5)
        for (const family of families) expect(ours).toMatch(new RegExp(`^# HELP ${family} \\S`, 'm'))
        expect(ours.split('\n').length).toBeLessThan(400)
      }
    })

    it('asks for the token, at the worker too', async () => {
      for (const port of [server.port, ports.worker])
        expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(401)
    })
  },
)
