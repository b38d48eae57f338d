import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startAlertmanager, startRules } from './alerting-servers.ts'
import { ALERTMANAGER, freePort, PROMETHEUS, titled } from './processes.ts'
import { allow, look, serve } from './servers.ts'

const RULES = `groups:
  - name: web
    interval: 1s
    rules:
      - { alert: Watchdog, expr: vector(1), labels: { severity: none } }
      - { alert: Down, expr: vector(0) == 0, labels: { severity: critical, team: shop } }
      - { alert: HighErrors, expr: vector(0) > 0.01, for: 1m, labels: { severity: critical } }
      - { alert: HighErrors, expr: (vector(0) > 0.05), labels: { severity: page } }
      - { alert: Odd, expr: 'absent(vector(1))' }
      - { record: "a:b", expr: vector(3) }
`
const BROKEN = `groups:
  - name: broken
    interval: 1s
    rules:
      - alert: Broken
        expr: vector(1) * on() group_left() (label_replace(vector(1),"a","1","","") or label_replace(vector(1),"a","2","",""))
`

const at = (text: string, url: string) =>
  look(text.replace(/^(\w+)/, '$1 $' + '{URL_OF}'), {
    variables: { URL_OF: url },
    allowList: allow(new URL(url).host),
  })

describe.skipIf(PROMETHEUS === undefined || ALERTMANAGER === undefined)(
  titled(
    'rules and alerts of Prometheus and Alertmanager',
    PROMETHEUS && ALERTMANAGER,
    'prometheus prometheus-alertmanager',
  ),
  () => {
    const running: (() => Promise<void>)[] = []
    const urls = { alertmanager: '', lonely: '', prometheus: '', broken: '', empty: '' }

    const begun = async (server: Promise<{ url: string; stop: () => Promise<void> }>) => {
      const { url, stop } = await server
      running.push(stop)
      return url
    }

    beforeAll(async () => {
      urls.alertmanager = await begun(
        startAlertmanager(
          `--cluster.listen-address=127.0.0.1:${await freePort()}`,
          '--cluster.settle-timeout=100ms',
        ),
      )
      urls.lonely = await begun(startAlertmanager('--cluster.listen-address='))
      const { alertmanager } = urls
      urls.prometheus = await begun(startRules({ rules: RULES, alertmanager }))
      urls.broken = await begun(startRules({ rules: RULES + BROKEN.replace('groups:\n', ''), alertmanager }))
      urls.empty = await begun(startRules({ rules: 'groups: []\n', alertmanager }))
      await vi.waitFor(
        async () => {
          const answers = await Promise.all([
            at('rules expect no-errors', urls.prometheus),
            at('rules expect no-errors', urls.broken),
            at('alertmanager expect cluster-ready, active "alertname=Down" >= 1', urls.alertmanager),
          ])
          expect(answers.map(({ judgement }) => judgement.outcome)).toEqual(['pass', 'fail', 'pass'])
        },
        { timeout: 30_000, interval: 250 },
      )
    }, 60_000)
    afterAll(async () => {
      for (const stop of running) await stop()
    })

    it.each<[keyof typeof urls, string, string, string]>([
      [
        'prometheus',
        'rules expect group web, rules == 6, alert HighErrors, no-errors, time < 5s',
        'pass',
        '6 rules',
      ],
      ['prometheus', 'rules expect group none', 'fail', '1 group, not this one'],
      ['prometheus', 'rules expect rules > 6', 'fail', '6 rules · wanted > 6'],
      ['prometheus', 'rules expect alert None', 'fail', '5 alerts, not this one'],
      ['prometheus', 'rules expect threshold HighErrors <= 5%', 'pass', 'threshold 0.0'],
      ['prometheus', 'rules expect threshold HighErrors <= 1%', 'fail', 'threshold 0.05 · wanted ≤ 1%'],
      ['prometheus', 'rules expect threshold HighErrors <= 0.05', 'pass', 'threshold'],
      [
        'prometheus',
        'rules expect threshold Odd <= 1%',
        'inconclusive',
        'no number at the end of absent(vector(1))',
      ],
      ['prometheus', 'rules expect threshold None <= 1%', 'inconclusive', 'no alert None'],
      ['prometheus', 'rules expect not-firing HighErrors', 'pass', 'HighErrors is inactive'],
      ['prometheus', 'rules expect not-firing Down', 'fail', 'Down is firing'],
      ['prometheus', 'rules expect not-firing None', 'inconclusive', 'no alert None'],
      ['prometheus', 'rules expect firing == 2', 'pass', '2 of 5 alerts firing'],
      ['prometheus', 'rules expect firing == 0', 'fail', '2 of 5 alerts firing, such as'],
      ['broken', 'rules expect no-errors', 'fail', '1 rule fails, Broken: found duplicate series'],
      ['broken', 'rules expect not-firing Broken', 'inconclusive', 'Broken is not evaluated (err)'],
      ['broken', 'rules expect firing < 10', 'inconclusive', 'some rules not evaluated'],
      ['empty', 'rules expect no-errors', 'inconclusive', 'no rules'],
      ['empty', 'rules expect rules == 0', 'inconclusive', '0 rules'],
      ['empty', 'rules expect time < 5s', 'inconclusive', '0 rules · wanted a rule'],
      ['prometheus', 'rules expect time < 5s', 'pass', '6 rules'],
      ['alertmanager', 'alertmanager expect time < 5s', 'pass', 'configuration loaded'],
      ['empty', 'rules expect rules >= 1', 'fail', '0 rules'],
      ['empty', 'rules expect firing == 0', 'inconclusive', 'no alerts'],
      [
        'alertmanager',
        'alertmanager expect loaded, receiver oncall, silences == 0, cluster-ready, peers == 1',
        'pass',
        'configuration loaded',
      ],
      ['alertmanager', 'alertmanager expect receiver nobody', 'fail', 'receivers oncall, archive'],
      ['alertmanager', 'alertmanager expect silences >= 1', 'fail', '0 active silences'],
      [
        'alertmanager',
        'alertmanager expect active "severity=critical" == 0',
        'fail',
        '1 active alert, such as Down',
      ],
      [
        'alertmanager',
        'alertmanager expect active "severity=~\\"critical|page\\", team=shop" >= 1',
        'pass',
        '1 active alert',
      ],
      [
        'alertmanager',
        'alertmanager expect active "severity=page" == 0, watchdog "alertname=Watchdog"',
        'pass',
        'watchdog heard',
      ],
      ['alertmanager', 'alertmanager expect active "severity=page" == 0', 'pass', 'watchdog heard'],
      [
        'alertmanager',
        'alertmanager expect active "severity=page" == 0, watchdog "alertname=Other"',
        'inconclusive',
        'no alert of the watchdog',
      ],
      ['alertmanager', 'alertmanager expect active "no matcher" == 0', 'error', 'bad matcher format'],
      [
        'lonely',
        'alertmanager expect active "severity=page" == 0',
        'inconclusive',
        'no alert of the watchdog',
      ],
      ['lonely', 'alertmanager expect cluster-ready', 'inconclusive', 'one instance, no cluster'],
    ])('%s, %s: %s', async (name, text, outcome, line) => {
      const { judgement } = await at(text, urls[name])
      expect(judgement).toMatchObject({ outcome })
      expect(judgement.line).toContain(line)
    })
  },
)

describe('what stands in for Prometheus and Alertmanager', () => {
  it.each([
    ['rules expect no-errors', 'Prometheus'],
    ['alertmanager expect loaded', 'Alertmanager'],
  ])('%s: refusal, strange answers and silence are errors', async (text, name) => {
    expect((await at(text, 'http://127.0.0.1:2')).judgement).toMatchObject({
      outcome: 'error',
      line: 'connection refused',
    })
    const answers: [number, string, string][] = [
      [401, '', `${name} answered 401: it wants other credentials`],
      [503, 'starting', `${name} answered 503: starting`],
      [200, '<html>', `what answered 200 is not ${name}; check the address`],
      [200, '{"status":"success"}', `what answered 200 is not ${name}; check the address`],
    ]
    for (const [status, body, line] of answers) {
      const { url } = await serve((_request, response) => response.writeHead(status).end(body))
      expect((await at(text, url)).judgement).toMatchObject({
        outcome: 'error',
        verdict: 'inconclusive',
        line,
      })
    }
  })

  const rule = { name: 'Down', query: 'up == 0', health: 'ok', type: 'alerting', state: 'inactive' }
  it.each<[object, string, string]>([
    [{ lastEvaluation: new Date(Date.now() - 70_000).toISOString() }, 'not-firing Down', 'pass'],
    [{ lastEvaluation: new Date(Date.now() - 3_600_000).toISOString() }, 'not-firing Down', 'inconclusive'],
    [{ lastEvaluation: new Date(Date.now() - 3_600_000).toISOString() }, 'no-errors', 'inconclusive'],
    [{ lastEvaluation: new Date(Date.now() - 3_600_000).toISOString() }, 'firing == 0', 'inconclusive'],
    [{ lastEvaluation: '0001-01-01T00:00:00Z', health: 'unknown' }, 'not-firing Down', 'inconclusive'],
    [{ lastEvaluation: new Date().toISOString(), health: 'unknown' }, 'no-errors', 'inconclusive'],
    [{ lastEvaluation: new Date().toISOString(), state: 'strange' }, 'not-firing Down', 'inconclusive'],
  ])('a rule with %j, expect %s: %s', async (more, asked, outcome) => {
    const groups = [{ name: 'web', interval: 30, rules: [{ ...rule, ...more }] }]
    const { url } = await serve((_request, response) =>
      response.end(JSON.stringify({ status: 'success', data: { groups } })),
    )
    expect((await at(`rules expect ${asked}`, url)).judgement).toMatchObject({ outcome })
  })

  const status = {
    cluster: { status: 'settling', peers: [{}] },
    versionInfo: { version: '0.25.0' },
    config: { original: 'route: {}' },
  }
  it.each<[string, string, string, string]>([
    ['alertmanager_config_last_reload_successful 1', 'loaded', 'pass', 'configuration loaded'],
    ['alertmanager_config_last_reload_successful 0', 'loaded', 'fail', 'its last reload failed'],
    ['', 'loaded', 'inconclusive', 'does not say'],
    ['alertmanager_config_last_reload_successful 0', 'time < 5s', 'fail', 'its last reload failed'],
    [
      'alertmanager_config_last_reload_successful 1',
      'time < 5s, warn loaded',
      'pass',
      'configuration loaded',
    ],
    ['', 'time < 5s', 'inconclusive', 'does not say'],
    ['', 'cluster-ready', 'fail', 'cluster settling, 1 peer'],
    ['', 'active "a=b" == 0', 'inconclusive', 'the watchdog was last heard'],
  ])('metrics %j, expect %s: %s', async (metrics, asked, outcome, line) => {
    const updatedAt = new Date(Date.now() - 900_000).toISOString()
    const { url } = await serve((request, response) => {
      if (request.url === '/metrics') response.end(metrics)
      else if (request.url === '/api/v2/status') response.end(JSON.stringify(status))
      else response.end(JSON.stringify(request.url?.includes('filter') ? [] : [{ labels: {}, updatedAt }]))
    })
    const { judgement } = await at(`alertmanager expect ${asked}`, url)
    expect(judgement).toMatchObject({ outcome })
    expect(judgement.line).toContain(line)
  })
})
