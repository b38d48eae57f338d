'use client'
import { memo } from 'react'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { cx } from '#components/ui/cx.ts'
import type { ItemView } from '#lib/runs/board.ts'
import { itemAnchor } from '#lib/shared/paths.ts'
import { plainInline } from '#lib/templates/inline.ts'
import { useItem } from '../use-item.ts'
import { InlineText } from './inline-text.tsx'
import { ItemDetail } from './item-detail.tsx'
import { ItemEvidence } from './item-evidence.tsx'
import { ItemFoot } from './item-foot.tsx'
import { ItemNotice } from './item-notice.tsx'
import { ItemSide } from './item-side.tsx'
import { TickBox } from './tick-box.tsx'
import { useRenderMark } from './use-render-mark.ts'

/** One line of the checklist. Renders when its own item changes or the person acts on it, and for nothing else. */
export const ItemRow = memo(function ItemRow({ item, here }: { item: ItemView; here: string }) {
  const { shown, isPending } = useItem(item)
  useRenderMark(item.key)
  const textId = `${itemAnchor(item.key)}-text`
  return (
    <li
      id={itemAnchor(item.key)}
      data-item={item.key}
      className="relative grid scroll-mt-28 grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2.5 px-3 py-2.5 focus-within:bg-[color-mix(in_oklab,var(--accent-bg),transparent_65%)] focus-within:shadow-[inset_3px_0_0_var(--accent)] sm:px-3.5"
    >
      <TickBox item={shown} textId={textId} isPending={isPending} />
      <div className="min-w-0">
        <div className="flex items-start justify-between gap-x-3">
          <p
            id={textId}
            className={cx('m-0 min-w-0 pt-0.5', shown.state === 'not_applicable' && 'text-soft')}
          >
            <InlineText text={shown.text} />
          </p>
          <ItemSide item={shown} here={here} />
        </div>
        <ItemDetail detail={shown.detail} />
        <ItemEvidence item={shown} />
        <ItemNotice item={shown} />
        {shown.commands ? (
          <div className="mt-2">
            <CodeBlock code={shown.commands} label={`Commands: ${plainInline(shown.text)}`} />
          </div>
        ) : null}
        <ItemFoot item={item} />
      </div>
    </li>
  )
})
