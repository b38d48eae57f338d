'use client'
import { GradeMark } from '#components/ui/grade.tsx'
import { SumBar } from '#components/ui/sum-bar.tsx'
import { GRADES } from '#lib/shared/codes.ts'
import { useBoard } from '../use-board.ts'

const STRONGEST_FIRST = [...GRADES].reverse()

/** How well the checklist is proven: one bar, and the same in words. */
export function GradeSum() {
  const counts = useBoard((board) => board.counts)
  const { failed, notApplicable, waived } = counts
  return (
    <div>
      <SumBar
        label="Items"
        parts={[
          { label: 'observed', count: counts.observed, tone: 'observed' },
          { label: 'witnessed', count: counts.witnessed, tone: 'witnessed' },
          { label: 'claimed', count: counts.claimed, tone: 'claimed' },
          { label: 'n/a', count: notApplicable, tone: 'na' },
          { label: 'waived', count: waived, tone: 'waived' },
          { label: 'failed', count: failed, tone: 'failed' },
          { label: 'unproven', count: counts.unproven, tone: 'unproven' },
        ]}
      />
      <ul className="m-0 mt-2 flex list-none flex-wrap gap-x-4 gap-y-1 p-0 text-sm text-soft">
        {STRONGEST_FIRST.map((grade) => (
          <li key={grade} className={grade === 'observed' ? 'text-go' : undefined}>
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden="true" className="contents">
                <GradeMark grade={grade} />
              </span>
              {counts[grade]} {grade}
            </span>
          </li>
        ))}
        {failed > 0 ? <li className="text-no">{failed} failed</li> : null}
        {waived > 0 ? <li className="text-warn">{waived} waived</li> : null}
        {notApplicable > 0 ? <li>{notApplicable} n/a</li> : null}
      </ul>
    </div>
  )
}
