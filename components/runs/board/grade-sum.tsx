'use client'
import { GradeMark } from '#components/ui/grade.tsx'
import { SumBar } from '#components/ui/sum-bar.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import { heldBoard } from '#lib/runs/queries.ts'
import { GRADES } from '#lib/shared/codes.ts'
import { useBoard } from '../use-board.ts'
import { useDesk } from './desk.ts'
import { startProbes } from './probe-doings.ts'

const STRONGEST_FIRST = [...GRADES].reverse()

const isAgedProbe = ({ tooOld, can }: ItemView): boolean => tooOld && can.probe

/** What was proven once and is too old for the gate, and the way to have it proven again. */
function TooOld({ count }: { count: number }) {
  const desk = useDesk()
  const probed = useBoard((board) => board.items.filter(isAgedProbe).length)
  function again() {
    const keys =
      heldBoard(desk)
        ?.items.filter(isAgedProbe)
        .map(({ key }) => key) ?? []
    if (keys.length > 0) void startProbes(desk, keys)
  }
  return (
    <li className="text-warn">
      {count} proven, but too old
      {probed > 0 ? (
        <>
          {' · '}
          <button
            type="button"
            onClick={again}
            className="border-0 bg-transparent p-0 text-inherit underline underline-offset-2 pointer-coarse:py-2.5"
          >
            {probed === 1 ? 'Run 1 probe again' : `Run ${probed} probes again`}
          </button>
        </>
      ) : null}
    </li>
  )
}

/** How well the checklist is proven: one bar, and the same in words. */
export function GradeSum() {
  const counts = useBoard((board) => board.counts)
  const { failed, notApplicable, tooOld, waived } = counts
  return (
    <div>
      <SumBar
        label="Items"
        parts={[
          { label: 'observed', count: counts.observed, tone: 'observed' },
          { label: 'witnessed', count: counts.witnessed, tone: 'witnessed' },
          { label: 'claimed', count: counts.claimed, tone: 'claimed' },
          { label: 'too old', count: tooOld, tone: 'tooOld' },
          { label: 'n/a', count: notApplicable, tone: 'na' },
          { label: 'waived', count: waived, tone: 'waived' },
          { label: 'failed', count: failed, tone: 'failed' },
          { label: 'unproven', count: counts.unproven, tone: 'unproven' },
        ]}
      />
      <ul className="m-0 mt-2 flex list-none flex-wrap items-center gap-x-4 gap-y-1 p-0 text-sm text-soft">
        {STRONGEST_FIRST.map((grade) => (
          <li
            key={grade}
            className={counts[grade] === 0 ? 'text-faint' : grade === 'observed' ? 'text-go' : undefined}
          >
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden="true" className="contents">
                <GradeMark grade={grade} tone={counts[grade] > 0} />
              </span>
              {counts[grade]} {grade}
            </span>
          </li>
        ))}
        {tooOld > 0 ? <TooOld count={tooOld} /> : null}
        {failed > 0 ? <li className="text-no">{failed} failed</li> : null}
        {waived > 0 ? <li className="text-warn">{waived} waived</li> : null}
        {notApplicable > 0 ? <li>{notApplicable} n/a</li> : null}
      </ul>
    </div>
  )
}
