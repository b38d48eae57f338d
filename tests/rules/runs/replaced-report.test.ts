import { expect, it } from 'vitest'
import { replacedReport } from '#lib/runs/replaced-report.ts'
import { lodash, npmAudit } from '#tests/rules/probes/reports/findings-samples.ts'
import { factsOf, sample } from '#tests/rules/probes/reports/read.ts'

const bom = JSON.stringify({
  ...{ bomFormat: 'CycloneDX', specVersion: '1.6' },
  components: [{ type: 'library', name: 'left-pad' }],
})

it.each([
  ['tests', sample('junit-node.xml'), '2 of 8 failed'],
  ['coverage', sample('clover-c8.xml'), '81.81% of lines'],
  ['findings', npmAudit({ lodash }, { high: 1 }), '1 finding'],
  [
    'findings',
    npmAudit({ lodash: { ...lodash, severity: 'critical' } }, { critical: 1 }),
    '1 finding, 1 critical',
  ],
  ['components', bom, '1 component, 1 without a version'],
] as const)(
  'a report of %s that no longer counts is named with what it said',
  async (meaning, text, said) => {
    const newest = {
      ...{ reportId: 'r', sha256: 's', commit: 'abcdef123', at: new Date('2026-02-03T04:05:06Z') },
      facts: await factsOf(meaning, text),
    }
    expect(replacedReport(newest, 'abcdef1')).toBe(`replaces the report of 2026-02-03 04:05:06 UTC: ${said}`)
    expect(replacedReport(newest, 'fedcba1')).toBeNull()
    expect(replacedReport(null, 'abcdef1')).toBeNull()
  },
)
