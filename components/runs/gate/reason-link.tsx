'use client'
import type { ReasonView } from '#lib/runs/board.ts'
import { paths } from '#lib/shared/paths.ts'
import { useDesk } from '../board/desk.ts'
import { goToItem } from '../board/go-to-item.ts'
import { InlineText } from '../item/inline-text.tsx'

/** One reason; one that is about an item leads to it. */
export function ReasonLink({ reason }: { reason: ReasonView }) {
  const desk = useDesk()
  const { itemKey } = reason
  if (itemKey === undefined) return <InlineText text={reason.text} />
  return (
    <a
      href={paths.runItem({ ...desk.address, itemKey })}
      onClick={(event) => {
        event.preventDefault()
        goToItem(itemKey)
      }}
      className="text-ink decoration-edge underline underline-offset-2 hover:decoration-current"
    >
      <InlineText text={reason.text} />
    </a>
  )
}
