'use client'
import { Avatar } from '#components/ui/avatar.tsx'
import { Button } from '#components/ui/button.tsx'
import { GradeMark } from '#components/ui/grade.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import { ITEM_STATE_WORDS } from '#lib/shared/words.ts'
import { plainInline } from '#lib/templates/inline.ts'
import { openOverlay, useDesk } from '../board/desk.ts'
import { cancelProbes, startProbes } from '../board/probe-doings.ts'

function Mark({ item }: { item: ItemView }) {
  if (item.tooOld) return <span className="whitespace-nowrap text-warn">too old</span>
  if (item.state === 'passed' || item.state === 'open') {
    return <GradeMark grade={item.grade} showText className="max-sm:[&>span]:sr-only" />
  }
  const tone = item.state === 'waived' ? 'text-warn' : item.state === 'failed' ? 'text-no' : ''
  return <span className={tone}>{ITEM_STATE_WORDS[item.state]}</span>
}

/** Another look may say something else. What waits to be pushed does not come by looking. */
function mayChange({ state, line, probe }: ItemView): boolean {
  if (probe?.waits) return false
  return state === 'failed' || (state === 'open' && line?.unsure === true)
}

/** The right edge of a row: how good the proof is, and what else can be done. `here`: who else looks at it. */
export function ItemSide({ item, here }: { item: ItemView; here: string }) {
  const desk = useDesk()
  const name = plainInline(item.text)
  return (
    <div className="flex shrink-0 items-center gap-2 text-sm text-soft">
      {here ? (
        <span title={`${here} is on this item`}>
          <span className="sr-only">{here} is on this item</span>
          <Avatar name={here} size="sm" />
        </span>
      ) : null}
      {item.attempt ? (
        <span className="inline-flex items-center gap-1.5">
          <Spinner />
          {item.attempt.state === 'queued' ? 'queued' : 'probing'}
          {item.attempt.looks ? `, look ${item.attempt.looks.taken + 1} of ${item.attempt.looks.of}` : ''}
          {item.can.probe ? (
            <Button
              size="sm"
              aria-label={`Cancel the probe: ${name}`}
              onClick={() => void cancelProbes(desk, [item.key])}
            >
              Cancel
            </Button>
          ) : null}
        </span>
      ) : item.can.probe && mayChange(item) ? (
        <Button
          size="sm"
          aria-label={`Run again: ${name}`}
          onClick={() => void startProbes(desk, [item.key])}
        >
          Run again
        </Button>
      ) : (
        <Mark item={item} />
      )}
      <button
        type="button"
        aria-label={`More for ${name}`}
        aria-haspopup="menu"
        onClick={(event) =>
          openOverlay(desk, { kind: 'menu', itemKey: item.key, anchor: event.currentTarget })
        }
        className="no-print grid size-6 place-items-center rounded-md border-0 bg-transparent text-soft hover:bg-hair hover:text-ink pointer-coarse:-my-2 pointer-coarse:-mr-2 pointer-coarse:size-10"
      >
        <svg viewBox="0 0 20 20" className="size-4.5" fill="currentColor" aria-hidden="true">
          <path d="M5 8.6a1.4 1.4 0 1 1 0 2.8a1.4 1.4 0 1 1 0-2.8M10 8.6a1.4 1.4 0 1 1 0 2.8a1.4 1.4 0 1 1 0-2.8M15 8.6a1.4 1.4 0 1 1 0 2.8a1.4 1.4 0 1 1 0-2.8" />
        </svg>
      </button>
    </div>
  )
}
