import { memo } from 'react'
import { InlineText } from '#components/runs/item/inline-text.tsx'
import { ItemBox } from '#components/ui/item-box.tsx'
import { printProbe } from '#lib/probes/print.ts'
import { formatDuration } from '#lib/shared/time.ts'
import { GRADE_WORDS } from '#lib/shared/words.ts'
import type { TemplateItem } from '#lib/templates/model.ts'
import { printNotice } from '#lib/templates/notice.ts'

/** What an item asks for beyond a tick, and what its file says of it. */
function wishes(item: TemplateItem): string[] {
  const { required, ownerRole, minGrade, needsNote, tags, dueOffsetSeconds, owner, expected } = item
  return [
    ...(required ? [] : ['optional']),
    ...(ownerRole ? [`by ${ownerRole}`] : []),
    ...(needsNote ? ['with a note'] : []),
    ...(minGrade === 'witnessed' || minGrade === 'observed' ? [`at least ${GRADE_WORDS[minGrade]}`] : []),
    ...(dueOffsetSeconds ? [`due ${formatDuration(dueOffsetSeconds * 1_000)} after the deployment`] : []),
    ...tags,
    ...(owner ? [`owner: ${owner}`] : []),
    ...(expected ? [`expected: ${expected}`] : []),
  ]
}

/** What is done by itself or at a press, as it stands in the comments beside the item. */
function machines({ probe, notice }: TemplateItem): string[] {
  return [
    ...(probe ? [`probe: ${printProbe(probe)}`] : []),
    ...(notice ? [`notice: ${printNotice(notice)}`] : []),
  ]
}

/** True when two readings of an item look the same: in an edited text most do. */
function isSameShown(
  { item: one }: { item: TemplateItem },
  { item: other }: { item: TemplateItem },
): boolean {
  if (one === other) return true
  if (one.text !== other.text || one.detail !== other.detail) return false
  if (wishes(one).join('\n') !== wishes(other).join('\n')) return false
  return machines(one).join('\n') === machines(other).join('\n')
}

/** One item before anybody has touched it. */
export const PreviewItem = memo(function PreviewItem({ item }: { item: TemplateItem }) {
  const asked = wishes(item)
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
      <ItemBox state="open" size="sm" />
      <div className="min-w-0">
        <p className="m-0 break-words">
          <InlineText text={item.text} />
        </p>
        {item.detail ? (
          <p className="m-0 text-sm break-words whitespace-pre-wrap text-soft">{item.detail}</p>
        ) : null}
        {asked.length > 0 ? <p className="m-0 text-sm text-soft">{asked.join(' · ')}</p> : null}
        {machines(item).map((line) => (
          <p key={line} className="m-0 font-mono text-xs break-words text-soft">
            {line}
          </p>
        ))}
      </div>
    </li>
  )
}, isSameShown)
