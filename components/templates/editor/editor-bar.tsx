import type { DraftState } from '#components/drafts/use-draft.ts'
import { counted } from '#lib/shared/words.ts'

const KEPT: Record<DraftState, string> = {
  untouched: '',
  saving: 'Keeping the draft…',
  kept: 'Draft kept',
  failed: 'Draft not kept: the server does not answer. Trying again.',
  too_large: 'Too large for a draft: publish before you leave this page.',
}

/** One line under the text: what it has, whether it is kept, and what Tab does. */
export function EditorBar({
  id,
  items,
  state,
  tabIndents,
  onToggleTab,
}: {
  id: string
  items: number | null
  state: DraftState
  tabIndents: boolean
  onToggleTab: () => void
}) {
  const isBad = state === 'failed' || state === 'too_large'
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-soft">
      <span>{items === null ? 'Reading…' : counted({ count: items, one: 'item' })}</span>
      <span role="status" className={isBad ? 'text-no' : undefined}>
        {KEPT[state]}
      </span>
      <label className="ml-auto flex min-h-6 items-center gap-1.5 pointer-coarse:min-h-11">
        <input type="checkbox" checked={tabIndents} onChange={onToggleTab} className="size-4 accent-accent" />
        Tab key indents
      </label>
      <span id={id} className="w-full text-xs">
        {tabIndents ? 'Tab indents: Escape, then Tab leaves the text.' : 'Tab leaves the text.'} Ctrl+M
        switches. Ctrl+Space offers what fits in an annotation.
      </span>
    </div>
  )
}
