import type { JudgeCases } from './case.ts'

const alerts = (total: number, such: string | null = null) => ({
  alerts: [{ matchers: 'severity="critical"', total, such }],
})
const ACTIVE = 'active "severity=\\"critical\\"" == 0'

export const alertmanagerCases: JudgeCases = {
  head: 'alertmanager http://alerts.example',
  refused: 'error',
  seen: {
    ...{ requests: [], tls: null, receivers: ['on-call', 'mail'], watchdog: { age: '600' }, silences: 1 },
    status: { version: '0.25.0', cluster: 'ready', peers: 2, configured: true, reloaded: true },
    ...alerts(0),
  },
  rows: [
    [
      'expect time < 1s, warn silences == 0',
      {},
      'true: configuration loaded, Alertmanager 0.25.0 (loaded)',
      'true: 12.5 ms (< 1s)',
      'warn false: 1 active silence (0)',
    ],
    ['expect time < 1s', { status: null }, 'unknown: not seen (loaded)', 'true: 12.5 ms (< 1s)'],
    [
      'expect time < 1s',
      { status: { reloaded: false } },
      'false: its last reload failed, an older configuration is used (loaded)',
      'true: 12.5 ms (< 1s)',
    ],
    [
      'expect time < 1s, peers == 2',
      { status: { reloaded: false } },
      'true: 12.5 ms (< 1s)',
      'true: 2 peers (2)',
    ],
    [
      'expect loaded, cluster-ready, peers >= 2, receiver on-call, silences <= 1, time < 12.6ms',
      {},
      'true: configuration loaded, Alertmanager 0.25.0 (loaded)',
      'true: cluster ready, 2 peers (cluster-ready)',
      'true: 2 peers (≥ 2)',
      'true: receiver on-call (receiver on-call)',
      'true: 1 active silence (≤ 1)',
      'true: 12.5 ms (< 12.6ms)',
    ],
    [
      'expect peers > 2, receiver other, silences < 1',
      {},
      'false: 2 peers (> 2)',
      'false: receivers on-call, mail (receiver other)',
      'false: 1 active silence (< 1)',
    ],
    [
      'expect receiver other',
      { receivers: 'abcdefghijkl'.split('') },
      'false: receivers a, b, c, d, e, f, g, h, i, j (receiver other)',
    ],
    [
      'expect loaded, cluster-ready, peers >= 0, receiver on-call, silences >= 0',
      { status: null, receivers: null, silences: null },
      'unknown: not seen (loaded)',
      'unknown: not seen (cluster-ready)',
      'unknown: not seen (≥ 0)',
      'unknown: not seen (receiver on-call)',
      'unknown: not seen (≥ 0)',
    ],
    ['expect loaded', { status: { configured: false } }, 'false: no configuration (loaded)'],
    [
      'expect loaded',
      { status: { reloaded: false } },
      'false: its last reload failed, an older configuration is used (loaded)',
    ],
    [
      'expect loaded',
      { status: { reloaded: null } },
      'unknown: it does not say whether its last reload went well (loaded)',
    ],
    [
      'expect cluster-ready',
      { status: { cluster: 'settling' } },
      'false: cluster settling, 2 peers (cluster-ready)',
    ],
    [
      'expect cluster-ready',
      { status: { cluster: 'disabled' } },
      'unknown: one instance, no cluster (cluster-ready)',
    ],
    [`expect ${ACTIVE}`, {}, 'true: 0 active alerts, watchdog heard 600 s ago (0)'],
    [
      `expect ${ACTIVE}`,
      { watchdog: { age: '600.1' } },
      'unknown: the watchdog was last heard 600.1 s ago (0)',
    ],
    [
      `expect ${ACTIVE}`,
      { watchdog: { age: null } },
      'unknown: no alert of the watchdog, so nothing is known of others (0)',
    ],
    [
      `expect ${ACTIVE}`,
      { watchdog: { age: 'NaN' } },
      'unknown: no alert of the watchdog, so nothing is known of others (0)',
    ],
    [
      `expect ${ACTIVE}`,
      { watchdog: null },
      'unknown: no alert of the watchdog, so nothing is known of others (0)',
    ],
    [`expect ${ACTIVE}`, { alerts: [] }, 'unknown: not seen (0)'],
    [`expect ${ACTIVE}`, alerts(1, 'Down'), 'false: 1 active alert, such as Down (0)'],
    [`expect ${ACTIVE}`, { ...alerts(2), watchdog: null }, 'false: 2 active alerts, such as one (0)'],
  ],
}
