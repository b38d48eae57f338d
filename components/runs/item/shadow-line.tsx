'use client'
import { Time } from '#components/ui/time.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import { openOverlay, useDesk } from '../board/desk.ts'

const WOULD = { pass: 'would pass', fail: 'would fail', inconclusive: 'would be inconclusive' } as const

/** What a probe in shadow says: beside the evidence, never part of it. */
export function ShadowLine({ item: { key, shadow } }: { item: ItemView }) {
  const desk = useDesk()
  if (shadow === null) return null
  const { seen } = shadow
  if (seen === null) return <p className="m-0 mt-0.5 text-sm text-faint">Shadow probe: has not looked yet</p>
  return (
    <p className="m-0 mt-0.5 font-mono text-xs text-faint">
      shadow: {WOULD[seen.verdict]} · {seen.line} · <Time at={new Date(seen.at)} show="relative" />
      {' · '}
      <button
        type="button"
        aria-label="Why: the shadow probe"
        onClick={() => openOverlay(desk, { kind: 'why', itemKey: key })}
        className="border-0 bg-transparent p-0 text-inherit underline underline-offset-2 pointer-coarse:py-1"
      >
        why
      </button>
    </p>
  )
}
