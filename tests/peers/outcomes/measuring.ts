import { vi } from 'vitest'
import { startAlertmanager, startPrometheus, startRules } from '../alerting-servers.ts'
import { TOKEN as FORGE_TOKEN, startForge } from '../forge-api.ts'
import { github, review, run } from '../forge-github-data.ts'
import { deployment, TOKEN as KUBERNETES_TOKEN, startKubernetes } from '../kubernetes-api.ts'
import { loki, store } from '../log-store.ts'
import { ALERTMANAGER, lackOf, PROMETHEUS } from '../processes.ts'
import { allow, httpServer, look } from '../servers.ts'
import { at, hostOf, type KindOutcomes, lasting, type Setting, scene, v } from './scene.ts'
import { secure } from './wire.ts'

const TARGET = v('TARGET')

/** Waits until a probe of the server passes. */
async function ready(url: string, probe: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { judgement } = await look(probe, { variables: { TARGET: url }, allowList: allow(hostOf(url)) })
      if (judgement.outcome !== 'pass') throw new Error(judgement.line)
    },
    { timeout: 30_000, interval: 200 },
  )
}

const prometheus = lasting(async () => {
  const app = await httpServer((_request, response) => response.end('app_ratio 0.02\n'))
  const started = await startPrometheus({
    config: `global: {scrape_interval: 500ms}\nscrape_configs: [{job_name: app, static_configs: [{targets: ['127.0.0.1:${app.port}']}]}]\n`,
  })
  await ready(started.url, `promql ${TARGET} "app_ratio" expect all < 50%`)
  return { ...started, stop: () => Promise.all([started.stop(), app.close()]) }
})
const ofQuery = (rest: string) => async () => at((await prometheus()).url, `promql ${TARGET} ${rest}`)
export const promql: KindOutcomes = {
  lacks: lackOf(PROMETHEUS, 'prometheus'),
  pass: scene('the series are as asked', '2%', ofQuery('"app_ratio" expect all < 5%')),
  warn: scene(
    'a `warn` does not hold, or Prometheus warns',
    '2% · wanted < 1%',
    ofQuery('"app_ratio" expect all < 5%, warn all < 1%'),
  ),
  fail: scene('one of them is not', '2% · wanted < 1%', ofQuery('"app_ratio" expect all < 1%')),
  inconclusive: scene(
    'no series, NaN, ±Inf, too few samples, or stale ones',
    'no series',
    ofQuery('"app_missing" expect all < 1'),
  ),
  error: scene(
    'it refuses the query, or does not answer',
    'Prometheus answered 400',
    ofQuery('"sum(" expect all < 1'),
  ),
}

const RULES = `groups:
  - name: web
    interval: 1s
    rules:
      - { alert: Watchdog, expr: vector(1), labels: { severity: none } }
      - { alert: Down, expr: vector(0) == 0, labels: { severity: critical } }
      - { alert: Quiet, expr: vector(0) > 1, labels: { severity: page } }
`
const alertmanager = lasting(() => startAlertmanager('--cluster.listen-address='))
const ruled = lasting(async () => {
  const [{ url }, lonely] = [await alertmanager(), await startAlertmanager('--cluster.listen-address=')]
  const started = await startRules({ rules: RULES, alertmanager: url })
  await ready(url, `alertmanager ${TARGET} expect active "alertname=Down" >= 1`)
  return {
    rules: started.url,
    alerts: url,
    lonely: lonely.url,
    stop: () => Promise.all([started.stop(), lonely.stop()]),
  }
})
const ofRules = (expected: string) => async () =>
  at((await ruled()).rules, `rules ${TARGET} expect ${expected}`)
const bothLack = lackOf(PROMETHEUS && ALERTMANAGER, 'prometheus prometheus-alertmanager')
export const rules: KindOutcomes = {
  lacks: bothLack,
  pass: scene('the rules are loaded and fare as asked', 'Quiet is inactive', ofRules('not-firing Quiet')),
  warn: scene('a `warn` does not hold', '3 rules', ofRules('not-firing Quiet, warn rules >= 9')),
  fail: scene('a rule is missing, in error or firing', 'Down is firing', ofRules('not-firing Down')),
  inconclusive: scene(
    'no such alert, or its rule is not evaluated',
    'no alert None',
    ofRules('not-firing None'),
  ),
  error: scene('Prometheus refuses, or something else answers', 'Prometheus answered 404', async () =>
    at((await ruled()).alerts, `rules ${TARGET}/status expect no-errors`),
  ),
}
const ofAlerts =
  (expected: string, which: 'alerts' | 'lonely' = 'alerts') =>
  async () =>
    at((await ruled())[which], `alertmanager ${TARGET} expect ${expected}`)
export const alertmanagerOutcomes: KindOutcomes = {
  lacks: bothLack,
  pass: scene(
    'configuration, receivers and alerts are as asked',
    'watchdog heard',
    ofAlerts('active "severity=page" == 0'),
  ),
  warn: scene('a `warn` does not hold', '0 active silences', ofAlerts('receiver oncall, warn silences >= 1')),
  fail: scene('they are not', 'receivers oncall, archive', ofAlerts('receiver nobody')),
  inconclusive: scene(
    'its watchdog is not heard, so silence proves nothing',
    'no alert of the watchdog',
    ofAlerts('active "severity=page" == 0', 'lonely'),
  ),
  error: scene(
    'it refuses the question, or does not answer',
    'bad matcher format',
    ofAlerts('active "no matcher" == 0'),
  ),
}

const LOGS = `logs ${TARGET} loki "{app=\\"web\\"} |= \\"error\\"" expect`
const counted =
  (errors: string | null, expected: string, lines: string | null = '1200') =>
  async () =>
    at((await loki(lines, errors)).url, `${LOGS} ${expected}`)
export const logs: KindOutcomes = {
  pass: scene('the count is as asked, and lines flow', '0 lines match', counted(null, 'count == 0')),
  warn: scene('a `warn` does not hold', '3 lines match', counted('3', 'count <= 5, warn count == 0')),
  fail: scene('it is not', '6 lines match', counted('6', 'count <= 5')),
  inconclusive: scene(
    'no lines arrive, so none that matches proves nothing',
    'no lines arrive',
    counted(null, 'count == 0', null),
  ),
  error: scene('it refuses, or does not answer', 'Loki answered 400', async () =>
    at((await store(() => ({ status: 400, body: 'parse error' }))).url, `${LOGS} count == 0`),
  ),
}

const DEPLOYMENTS = '/apis/apps/v1/namespaces/shop/deployments'
const cluster = lasting(async () => {
  const { folder, ca } = await secure()
  const objects = { [DEPLOYMENTS]: [deployment()] }
  const api = await startKubernetes({ folder, name: 'site', objects })
  return { api, objects, ca, stop: api.close }
})
const rolledOut =
  (more: Parameters<typeof deployment>[0], rest = '', token = KUBERNETES_TOKEN) =>
  async (): Promise<Setting> => {
    const { api, objects, ca } = await cluster()
    objects[DEPLOYMENTS] = [deployment(more)]
    return {
      probe: `kubernetes ${TARGET} token ${v('TOKEN')} ca ${v('CA')} deployment shop/web expect rolled-out${rest}`,
      allow: [`localhost:${api.port}`],
      variables: { TARGET: `https://localhost:${api.port}`, CA: ca.replaceAll('\n', ' ') },
      secrets: { TOKEN: token },
      resolve: async () => ['127.0.0.1'],
    }
  }
export const kubernetes: KindOutcomes = {
  pass: scene('the objects are as asked', '2 of 2 replicas', rolledOut({})),
  warn: scene('a `warn` does not hold', 'wanted ≥ 3', rolledOut({}, ', warn ready-count >= 3')),
  fail: scene(
    'they are not, or do not exist',
    '1 of 2 replicas updated',
    rolledOut({ status: { updatedReplicas: 1 } }),
  ),
  inconclusive: scene(
    'paused, of 0 replicas, or its status is older than its text',
    'the rollout is paused',
    rolledOut({ spec: { paused: true } }),
  ),
  error: scene(
    'the API refuses the token or the right, or does not answer',
    'Unauthorized',
    rolledOut({}, '', 'wrong-token'),
  ),
}

const hub = lasting(async () => {
  const forge = await startForge()
  return { forge, stop: forge.close }
})
const ofForge =
  (answers: Parameters<typeof github>[1], expected: string, token = FORGE_TOKEN) =>
  async (): Promise<Setting> => {
    const { forge } = await hub()
    forge.reset()
    github(forge.answers, answers)
    const probe = `forge github acme/web token ${v('TOKEN')} url ${TARGET} commit 8f3c2d1 expect ${expected}`
    return { ...at(forge.url, probe), secrets: { TOKEN: token } }
  }
export const forge: KindOutcomes = {
  pass: scene(
    'approved, mergeable, green, as asked',
    'approved by bo',
    ofForge({}, 'approved, checks-green'),
  ),
  warn: scene('a `warn` does not hold', 'wanted ≥ 2', ofForge({}, 'approved, warn approvals >= 2')),
  fail: scene(
    'it is not',
    'approved by nobody',
    ofForge({ reviews: [review('bo', 'COMMENTED')] }, 'approved'),
  ),
  inconclusive: scene(
    'checks still run, or the forge does not know yet',
    'checks',
    ofForge({ runs: [run('build', null, 'in_progress')] }, 'checks-green'),
  ),
  error: scene(
    'the forge does not accept the token, limits us, or does not answer',
    'the token is not accepted',
    ofForge({}, 'approved', 'wrong-token'),
  ),
}
