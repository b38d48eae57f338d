import type { ItemState } from '#lib/shared/codes.ts'
import { cx } from './cx.ts'
import { ItemGlyph } from './item-glyph.tsx'

const words: Record<ItemState, string> = {
  open: 'open',
  passed: 'passed',
  failed: 'failed',
  not_applicable: 'not applicable',
  waived: 'waived',
}

const colours: Record<ItemState, string> = {
  open: 'text-edge',
  passed: 'text-go',
  failed: 'text-no',
  not_applicable: 'text-edge',
  waived: 'text-warn',
}

/** The glyph of an item's state. Five different outlines: a waived item never looks like a tick. */
export function ItemBox({
  state,
  size = 'md',
  className,
}: {
  state: ItemState
  size?: 'sm' | 'md'
  className?: string
}) {
  return (
    <span className={cx('inline-grid shrink-0', colours[state], className)}>
      <svg viewBox="0 0 20 20" className={size === 'sm' ? 'size-4' : 'size-5'} fill="none" aria-hidden="true">
        <ItemGlyph state={state} />
      </svg>
      <span className="sr-only">{words[state]}</span>
    </span>
  )
}
