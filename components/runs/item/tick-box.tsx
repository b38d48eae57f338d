'use client'
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
  const act = boxAct(item)
  const can = item.can[act]
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={item.state === 'passed' ? true : item.state === 'open' ? false : 'mixed'}
      aria-labelledby={textId}
      aria-describedby={`${textId}-state`}
      aria-disabled={can ? undefined : true}
      aria-busy={isPending || undefined}
      title={can ? undefined : item.why[act]}
      data-box=""
      onClick={() => void actOnItem(desk, { key: item.key, act, text: null })}
      className={cx(
        'relative -mt-0.5 -ml-0.5 grid size-7 place-items-center rounded-md border-0 bg-transparent p-0 after:absolute pointer-coarse:after:-inset-2',
        can ? 'hover:bg-hair' : 'opacity-80',
        isPending && 'opacity-70',
      )}
    >
      <ItemBox state={item.state} />
      <span id={`${textId}-state`} className="sr-only">
        {stateWords(item)}
      </span>
    </button>
  )
}
