'use client'
import { Time } from '#components/ui/time.tsx'
import type { ActivityView } from '#lib/runs/board.ts'
import { paths } from '#lib/shared/paths.ts'
import { InlineText } from '../item/inline-text.tsx'
import { useBoard } from '../use-board.ts'
import { useDesk } from './desk.ts'
import { goToItem } from './go-to-item.ts'

function Said({ line }: { line: ActivityView }) {
  const { address } = useDesk()
  const { itemKey } = line
  if (itemKey === null) return <InlineText text={line.text} />
  return (
    <a
      href={paths.runItem({ ...address, itemKey })}
      onClick={(event) => {
        event.preventDefault()
        goToItem(itemKey)
      }}
      className="text-soft no-underline hover:text-ink hover:underline"
    >
      <InlineText text={line.text} />
    </a>
  )
}

/** What happened last, newest first. */
export function ActivityLog() {
  const activity = useBoard((board) => board.activity)
  if (activity.length === 0) return <p className="m-0 text-sm text-soft">Nothing has happened yet.</p>
  return (
    <ol className="m-0 list-none border-l border-line p-0 pl-px text-sm text-soft">
      {activity.map((line) => (
        <li
          key={line.seq}
          className="relative pb-3 pl-3.5 before:absolute before:top-1.5 before:-left-1.25 before:size-2 before:rounded-full before:bg-line"
        >
          <span className="block font-mono text-2xs text-faint">
            <Time at={new Date(line.at)} show="clock" />
          </span>
          <b className="font-strong text-ink">{line.who}</b> <Said line={line} />
        </li>
      ))}
    </ol>
  )
}
