import { describe, expect, it } from 'vitest'
import { judgeLook } from '#lib/probes/judge-look.ts'
import { judgeOf } from '#lib/probes/judges.ts'
import { KINDS } from '#lib/probes/kinds.ts'
import { caseOf, saidBy } from './judges/case.ts'
import { JUDGE_CASES } from './judges/table.ts'

const TABLE = KINDS.map((kind) => ({ kind, cases: JUDGE_CASES[kind] }))

describe.each(TABLE)('the judge of $kind', ({ kind, cases }) => {
  it('says whether a refused connection is the target’s fault', () => {
    const { config, look } = caseOf(cases, cases.rows[0])
    const error = { kind: 'refused', message: 'connection refused' } as const
    expect(judgeLook(config, { ...look, error }).outcome).toBe(cases.refused)
  })

  it.each(cases.rows.map((row, index) => ({ row, index, says: row[0] })))('$index: $says', ({ row }) => {
    const [, , ...wanted] = row
    expect(saidBy(judgeOf(kind), caseOf(cases, row))).toEqual(wanted)
  })
})
