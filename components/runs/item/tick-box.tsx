'use client'
import { useLayoutEffect, useRef } from 'react'
import { cx } from '#components/ui/cx.ts'
import { ItemBox } from '#components/ui/item-box.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import { boxAct } from '#lib/runs/optimistic.ts'
import { GRADE_WORDS, ITEM_STATE_WORDS } from '#lib/shared/words.ts'
import { useDesk } from '../board/desk.ts'
import { actOnItem } from '../board/item-doings.ts'

function stateWords({ state, grade, tooOld }: ItemView): string {
  if (state !== 'passed') return ITEM_STATE_WORDS[state]
  return tooOld ? 'passed, but the evidence is too old' : `passed, ${GRADE_WORDS[grade]}`
}

/** The box of an item. It can always be pressed: when nothing can be done, the press says why. */
export function TickBox({ item, textId, isPending }: { item: ItemView; textId: string; isPending: boolean }) {
  const desk = useDesk()
  const box = useRef<HTMLInputElement>(null)
  const act = boxAct(item)
  const can = item.can[act]
  // Failed, n/a and waived are neither ticked nor not: only a property says so, no attribute does.
  const isMixed = item.state !== 'passed' && item.state !== 'open'
  useLayoutEffect(() => {
    if (box.current) box.current.indeterminate = isMixed
  })
  return (
    <span
      className={cx(
        'relative -mt-0.5 -ml-0.5 grid size-7 place-items-center',
        !can && 'opacity-75',
        isPending && 'opacity-60',
      )}
    >
      <span aria-hidden="true" className="contents">
        <ItemBox state={item.state} />
      </span>
      <input
        ref={box}
        type="checkbox"
        checked={item.state === 'passed'}
        onChange={() => void actOnItem(desk, { key: item.key, act, text: null })}
        aria-labelledby={textId}
        aria-describedby={`${textId}-state`}
        aria-disabled={can ? undefined : true}
        aria-busy={isPending || undefined}
        title={can ? undefined : item.why[act]}
        data-box=""
        className={cx(
          'absolute inset-0 m-0 cursor-pointer appearance-none rounded-md pointer-coarse:-inset-2',
          can && 'hover:shadow-[inset_0_0_0_1px_var(--edge)]',
        )}
      />
      <span id={`${textId}-state`} className="sr-only">
        {stateWords(item)}
      </span>
    </span>
  )
}
