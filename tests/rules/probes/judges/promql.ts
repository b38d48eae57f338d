import type { JudgeCases } from './case.ts'

const vector = (values: string[], total = values.length) => ({
  result: {
    type: 'vector',
    total,
    series: values.map((value, index) => ({ labels: `{i="${index}"}`, value })),
  },
})

export const promqlCases: JudgeCases = {
  head: 'promql http://prometheus.example "up"',
  refused: 'error',
  seen: {
    ...{ request: null, query: 'up', evaluatedAt: '2026-02-03T04:05:06.000Z', status: 200 },
    ...vector(['1', '2', '3']),
    ...{ warnings: [], infos: [], samples: { value: '100' }, newest: { age: '30' } },
  },
  rows: [
    [
      'expect all >= 1',
      {
        result: {
          type: 'vector',
          total: 2,
          series: [
            { labels: 'c'.repeat(81), value: '0' },
            { labels: '', value: '1' },
          ],
        },
      },
      'false: 0 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc… (one of 2) (≥ 1)',
    ],
    ['expect all >= 1', {}, 'true: 1 {i="0"} (one of 3) (≥ 1)'],
    ['expect all >= 2', {}, 'false: 1 {i="0"} (one of 3) (≥ 2)'],
    ['expect all >= 2', vector(['1', 'NaN', '3']), 'false: 1 {i="0"} (one of 3) (≥ 2)'],
    ['expect all >= 1', vector(['1', 'NaN', '3']), 'unknown: NaN {i="1"} (one of 3) (≥ 1)'],
    ['expect all >= 1', vector(['1', '2'], 200), 'unknown: 1 {i="0"} (one of 200) (≥ 1)'],
    ['expect all >= 2', vector(['1', '2'], 200), 'false: 1 {i="0"} (one of 200) (≥ 2)'],
    ['expect any >= 3', {}, 'true: 3 {i="2"} (one of 3) (any ≥ 3)'],
    ['expect any >= 4', {}, 'false: 1 {i="0"} (one of 3) (any ≥ 4)'],
    ['expect any >= 4', vector(['1', '+Inf']), 'unknown: +Inf {i="1"} (one of 2) (any ≥ 4)'],
    ['expect any >= 1', vector(['1', 'NaN']), 'true: 1 {i="0"} (one of 2) (any ≥ 1)'],
    ['expect any >= 4', vector(['1', '2'], 200), 'unknown: 1 {i="0"} (one of 200) (any ≥ 4)'],
    ['expect single == 1', {}, 'unknown: 3 series, one was expected (single 1)'],
    ['expect single == 1', vector(['1']), 'true: 1 (single 1)'],
    ['expect single == 2', vector(['1']), 'false: 1 (single 2)'],
    ['expect single == 1', vector(['1'], 2), 'unknown: 2 series, one was expected (single 1)'],
    ['expect count == 3, count > 3', {}, 'true: 3 series (count 3)', 'false: 3 series (count > 3)'],
    ['expect count == 200', vector(['1', '2'], 200), 'true: 200 series (count 200)'],
    [
      'expect count == 0, all == 0, any == 0, single == 0',
      vector([]),
      'unknown: no series (count 0)',
      'unknown: no series (0)',
      'unknown: no series (any 0)',
      'unknown: no series (single 0)',
    ],
    [
      'expect all == 1, count == 1',
      { result: null },
      'unknown: no result (1)',
      'unknown: no result (count 1)',
    ],
    [
      'expect all == 1',
      { result: { type: 'scalar', total: 1, series: [{ labels: '', value: '1' }] } },
      'true: 1 (1)',
    ],
    ['expect all < 0.1%', vector(['0.0005']), 'true: 0.05% (< 0.1%)'],
    ['expect all < 0.1%', vector(['0.001']), 'false: 0.1% (< 0.1%)'],
    ['expect all as ms < 1s', vector(['999']), 'true: 0.999s (< 1s)'],
    ['expect all as ms < 1s', vector(['1000']), 'false: 1s (< 1s)'],
    [
      'expect all >= 1',
      {
        result: {
          type: 'vector',
          total: 2,
          series: [
            { labels: `{${'a'.repeat(90)}}`, value: '0' },
            { labels: '', value: '1' },
          ],
        },
      },
      'false: 0 {aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… (one of 2) (≥ 1)',
    ],
    [
      'expect all >= 1',
      {
        result: {
          type: 'vector',
          total: 2,
          series: [
            { labels: 'b'.repeat(80), value: '0' },
            { labels: '', value: '1' },
          ],
        },
      },
      'false: 0 bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb (one of 2) (≥ 1)',
    ],
    [
      'expect all >= 1, min-samples "n" >= 100',
      {},
      'true: 100 samples (≥ 100 to decide)',
      'true: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, min-samples "n" >= 101',
      {},
      'unknown: 100 samples (≥ 101 to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 2, min-samples "n" >= 101',
      {},
      'unknown: 100 samples (≥ 101 to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 2)',
    ],
    [
      'expect all >= 1, min-samples "n" >= 1',
      { samples: { value: null } },
      'unknown: number of samples not known (≥ 1 to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, min-samples "n" >= 100',
      { samples: { value: '199.97' } },
      'true: 199 samples (≥ 100 to decide)',
      'true: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, min-samples "n" >= 1',
      { samples: { value: 'NaN' } },
      'unknown: NaN samples (≥ 1 to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, min-samples "n" >= 1',
      { samples: null },
      'unknown: number of samples not known (≥ 1 to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, fresh "up" within 30s',
      {},
      'true: newest sample 30 s old (≤ 30 s to decide)',
      'true: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      {},
      'unknown: newest sample 30 s old (≤ 29 s to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 2, fresh "up" within 29s',
      {},
      'unknown: newest sample 30 s old (≤ 29 s to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 2)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      { newest: { age: null } },
      'unknown: no sample (≤ 29 s to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      { newest: null },
      'unknown: no sample (≤ 29 s to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      { newest: { age: 'NaN' } },
      'unknown: newest sample NaN s old (≤ 29 s to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1',
      { warnings: ['PromQL warning'] },
      'true: 1 {i="0"} (one of 3) (≥ 1)',
      'warn false: Prometheus warns: PromQL warning (none)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      { newest: { age: '31.1234' } },
      'unknown: newest sample 31.123 s old (≤ 29 s to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      { newest: { age: '31.5' } },
      'unknown: newest sample 31.5 s old (≤ 29 s to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      { newest: { age: '-60' } },
      'true: newest sample -60 s old (≤ 29 s to decide)',
      'true: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      { newest: { age: '-61' } },
      'unknown: newest sample -61 s old (≤ 29 s to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      { newest: { age: '31.0004' } },
      'unknown: newest sample 31 s old (≤ 29 s to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      { newest: { age: 'old' } },
      'unknown: newest sample old s old (≤ 29 s to decide)',
      'unknown: 1 {i="0"} (one of 3) (≥ 1)',
    ],
    [
      'expect all >= 1, fresh "up" within 29s',
      { newest: { age: '29.000' } },
      'true: newest sample 29 s old (≤ 29 s to decide)',
      'true: 1 {i="0"} (one of 3) (≥ 1)',
    ],
  ],
}
