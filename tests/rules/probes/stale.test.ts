import { describe, expect, it } from 'vitest'
import { COMPARISONS } from '#lib/probes/condition.ts'
import { judgeLook } from '#lib/probes/judge-look.ts'
import type { Kind } from '#lib/probes/kinds.ts'
import { caseOf, type Patch } from './judges/case.ts'
import { rule } from './judges/rules.ts'
import { JUDGE_CASES } from './judges/table.ts'

type Row = { kind: Kind; says: (op: string, value: string) => string; values: string[]; stale: Patch[] }

const THREE = { type: 'vector', total: 1, series: [{ labels: '', value: '3' }] }
const numbers = ['3', '2', '4', '0']
/** Numbers that come beside a time: whatever they are compared with, they prove nothing when they are old, or of no known age. */
const BESIDE: Row[] = [
  ...['all', 'any', 'single'].map((on) => ({
    kind: 'promql' as const,
    says: (op: string, value: string) => `expect ${on} ${op} ${value}, fresh "up" within 30s`,
    values: numbers,
    stale: ['31', '30.001', 'NaN', '+Inf', '', null]
      .map((age): Patch => ({ newest: { age }, result: THREE }))
      .concat([{ newest: null, result: THREE }]),
  })),
  {
    kind: 'alertmanager',
    says: (op, value) => `expect active "severity=\\"critical\\"" ${op} ${value}`,
    values: ['0', '1'],
    stale: ['600.1', '86400', 'NaN', '', null]
      .map((age): Patch => ({ watchdog: { age } }))
      .concat([{ watchdog: null }]),
  },
  {
    kind: 'rules',
    says: (op, value) => `expect firing ${op} ${value}`,
    values: ['0', '1'],
    stale: [{ loaded: { late: 1 } }, { loaded: { late: 2, firing: 1 } }],
  },
  {
    kind: 'rules',
    says: () => 'expect not-firing HighErrorRate',
    values: [''],
    stale: ['240.1', '86400', null].map((age) => ({ loaded: { kept: [rule({ age })] } })),
  },
  {
    kind: 'logs',
    says: (op, value) => `loki "q" expect count ${op} ${value}`,
    values: numbers,
    stale: [{ flow: { value: '0' } }, { flow: { value: null } }, { flow: null }, { flow: { value: 'NaN' } }],
  },
]

/** Ages that are limited: what is older, of no age, or from a time to come is not young. */
const LIMITED: (Row & { young: Patch })[] = [
  {
    kind: 'metrics',
    says: (op, value) => `expect age ${op} ${value}`,
    values: ['5s'],
    young: { page: { oldestAgeMs: 4999 } },
    stale: [5001, null, -60_001].map((oldestAgeMs) => ({ page: { oldestAgeMs } })),
  },
  {
    kind: 'logs',
    says: (op, value) => `loki "q" expect newest ${op} ${value}`,
    values: ['4s'],
    young: { newest: { ageMs: 3999 } },
    stale: [{ newest: { ageMs: 4001 } }, { newest: { ageMs: null } }, { newest: null }],
  },
  {
    kind: 'heartbeat',
    says: (op, value) => `expect age ${op} ${value}`,
    values: ['1h'],
    young: { beat: { finishedAt: '2026-02-03T03:05:07.000Z' } },
    stale: [
      ...['2026-02-03T03:05:05.999Z', '2025-02-03T03:05:06.000Z', '2026-02-03T04:10:06.001Z', 'at three'].map(
        (finishedAt) => ({ beat: { finishedAt } }),
      ),
      { beat: { finishedAt: null, receivedAt: '2026-02-02T04:05:06.000Z' } },
      { beat: null },
    ],
  },
]

function verdict({ kind, says }: Row, { op, value, patch }: { op: string; value: string; patch: Patch }) {
  const { config, look } = caseOf(JUDGE_CASES[kind], [says(op, value), patch])
  return judgeLook(config, look).verdict
}

describe('what is stale', () => {
  it.each(BESIDE)('of $kind proves nothing beside a number, with any operator', (row) => {
    const young: Patch = row.kind === 'promql' ? { result: THREE } : {}
    const asked = COMPARISONS.flatMap((op) => row.values.map((value) => ({ op, value })))
    expect(asked.some((one) => verdict(row, { ...one, patch: young }) === 'pass')).toBe(true)
    for (const one of asked)
      for (const patch of row.stale)
        expect({ ...one, patch, verdict: verdict(row, { ...one, patch }) }).not.toMatchObject({
          verdict: 'pass',
        })
  })

  it.each(LIMITED)('of $kind is not young', ({ young, ...row }) => {
    for (const op of ['<', '<='])
      for (const value of row.values) {
        expect(verdict(row, { op, value, patch: young })).toBe('pass')
        for (const patch of row.stale)
          expect({ op, patch, verdict: verdict(row, { op, value, patch }) }).not.toMatchObject({
            verdict: 'pass',
          })
      }
  })
})
