import type { JudgeCases } from './case.ts'

export const rule = (more: object = {}) => ({
  ...{
    group: 'web',
    name: 'HighErrorRate',
    is: 'alert',
    query: 'rate > 0.01',
    health: 'ok',
    lastError: null,
  },
  ...{ state: 'inactive', age: '10', interval: '60' },
  ...more,
})
const kept = (...rules: object[]) => ({ loaded: { kept: rules } })

export const rulesCases: JudgeCases = {
  head: 'rules http://prometheus.example',
  refused: 'error',
  seen: {
    requests: [],
    tls: null,
    loaded: {
      ...{ groups: ['web'], rules: 2, alerts: 1, failing: 0, unclear: 0, late: 0, firing: 0 },
      kept: [rule(), rule({ is: 'recording', name: 'Recorded' })],
    },
  },
  rows: [
    ['expect time < 1s', { loaded: null }, 'unknown: rules not seen (a rule)', 'true: 12.5 ms (< 1s)'],
    ['expect time < 1s', { loaded: { rules: 0 } }, 'unknown: 0 rules (a rule)', 'true: 12.5 ms (< 1s)'],
    [
      'expect time < 1s, warn rules >= 2',
      { loaded: { rules: 1 } },
      'true: 1 rule (a rule)',
      'true: 12.5 ms (< 1s)',
      'warn false: 1 rule (≥ 2)',
    ],
    ['expect time < 1s, rules >= 1', { loaded: { rules: 1 } }, 'true: 12.5 ms (< 1s)', 'true: 1 rule (≥ 1)'],
    [
      'expect group web, group other, time < 12.6ms',
      {},
      'true: group web (group web)',
      'false: 1 group, not this one (group other)',
      'true: 12.5 ms (< 12.6ms)',
    ],
    [
      'expect group web, no-errors, rules > 0, firing == 0, not-firing A, threshold A <= 1',
      { loaded: null },
      'unknown: rules not seen (group web)',
      'unknown: rules not seen (no-errors)',
      'unknown: rules not seen (> 0)',
      'unknown: rules not seen (0)',
      'unknown: rules not seen (not-firing A)',
      'unknown: rules not seen (≤ 1)',
    ],
    ['expect rules >= 2, rules < 2', {}, 'true: 2 rules (≥ 2)', 'false: 2 rules (< 2)'],
    [
      'expect rules == 0, rules >= 1, firing == 0, no-errors, alert A',
      { loaded: { rules: 0, alerts: 0, kept: [] } },
      'unknown: 0 rules (0)',
      'false: 0 rules (≥ 1)',
      'unknown: no alerts (0)',
      'unknown: no rules (no-errors)',
      'false: 0 alerts, not this one (alert A)',
    ],
    [
      'expect alert HighErrorRate, alert Other, alert Recorded',
      {},
      'true: alert HighErrorRate (alert HighErrorRate)',
      'false: 1 alert, not this one (alert Other)',
      'false: 1 alert, not this one (alert Recorded)',
    ],
    ['expect no-errors', {}, 'true: 2 rules, none fails (no-errors)'],
    [
      'expect no-errors',
      { loaded: { failing: 1, kept: [rule({ health: 'err', lastError: 'many-to-many' })] } },
      'false: 1 rule fails, HighErrorRate: many-to-many (no-errors)',
    ],
    [
      'expect no-errors',
      { loaded: { failing: 1, kept: [rule()] } },
      'false: 1 rule fails, one:  (no-errors)',
    ],
    ['expect no-errors', { loaded: { unclear: 1 } }, 'unknown: 1 rule not evaluated yet (no-errors)'],
    ['expect no-errors', { loaded: { late: 1 } }, 'unknown: 1 rule not evaluated lately (no-errors)'],
    ['expect firing == 0', {}, 'true: 0 of 1 alert firing (0)'],
    [
      'expect firing == 0',
      { loaded: { firing: 1, kept: [rule({ state: 'firing' })] } },
      'false: 1 of 1 alert firing, such as HighErrorRate (0)',
    ],
    ['expect firing == 0', { loaded: { alerts: 0 } }, 'unknown: no alerts (0)'],
    [
      'expect firing == 0',
      { loaded: { failing: 1 } },
      'unknown: 0 of 1 alert firing, some rules not evaluated (0)',
    ],
    [
      'expect firing == 0',
      { loaded: { unclear: 1 } },
      'unknown: 0 of 1 alert firing, some rules not evaluated (0)',
    ],
    [
      'expect firing == 0',
      { loaded: { late: 1 } },
      'unknown: 0 of 1 alert firing, some rules not evaluated (0)',
    ],
    [
      'expect firing == 0',
      { loaded: { failing: 1, unclear: 1, late: 1 } },
      'unknown: 0 of 1 alert firing, some rules not evaluated (0)',
    ],
    [
      'expect threshold HighErrorRate <= 1%, threshold HighErrorRate < 0.01, threshold Other < 1',
      {},
      'true: threshold 0.01 (≤ 1%)',
      'false: threshold 0.01 (< 0.01)',
      'unknown: no alert Other (< 1)',
    ],
    [
      'expect threshold HighErrorRate <= 10ms, threshold HighErrorRate < 0.01s',
      {},
      'true: threshold 0.01 (≤ 10ms)',
      'false: threshold 0.01 (< 0.01s)',
    ],
    [
      'expect threshold HighErrorRate <= 1%',
      kept(rule(), rule({ query: 'rate > 0.02' })),
      'false: threshold 0.02 (≤ 1%)',
    ],
    [
      'expect threshold HighErrorRate <= 1%',
      kept(rule({ query: 'absent(up)' })),
      'unknown: no number at the end of absent(up) (≤ 1%)',
    ],
    [
      'expect threshold HighErrorRate <= 1%',
      kept(rule({ query: `absent(${'a'.repeat(80)})` })),
      'unknown: no number at the end of absent(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (≤ 1%)',
    ],
    [
      'expect threshold HighErrorRate <= 1%',
      kept(rule({ is: 'recording' })),
      'unknown: no alert HighErrorRate (≤ 1%)',
    ],
    [
      'expect not-firing HighErrorRate, not-firing Other',
      {},
      'true: HighErrorRate is inactive (not-firing HighErrorRate)',
      'unknown: no alert Other (not-firing Other)',
    ],
    [
      'expect not-firing HighErrorRate',
      kept(rule({ state: 'pending' })),
      'true: HighErrorRate is pending (not-firing HighErrorRate)',
    ],
    [
      'expect not-firing HighErrorRate',
      kept(rule({ state: 'firing', health: 'err' })),
      'false: HighErrorRate is firing (not-firing HighErrorRate)',
    ],
    [
      'expect not-firing HighErrorRate',
      kept(rule({ health: 'unknown' })),
      'unknown: HighErrorRate is not evaluated (unknown) (not-firing HighErrorRate)',
    ],
    [
      'expect not-firing HighErrorRate',
      kept(rule({ state: null })),
      'unknown: HighErrorRate is in no state (not-firing HighErrorRate)',
    ],
    [
      'expect not-firing HighErrorRate',
      kept(rule({ age: '1000' })),
      'unknown: HighErrorRate was not evaluated lately (not-firing HighErrorRate)',
    ],
    [
      'expect not-firing HighErrorRate',
      kept(rule({ age: null })),
      'unknown: HighErrorRate was not evaluated lately (not-firing HighErrorRate)',
    ],
    [
      'expect not-firing HighErrorRate',
      kept(rule(), rule({ state: 'firing' })),
      'false: HighErrorRate is firing (not-firing HighErrorRate)',
    ],
  ],
}
