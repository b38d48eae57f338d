import { Notice } from '#components/ui/notice.tsx'
import { counted } from '#lib/shared/words.ts'
import { plainInline } from '#lib/templates/inline.ts'

/** The items that will be n/a from the start: nothing is set unseen. */
export function RuledOut({ items }: { items: readonly { key: string; text: string }[] }) {
  if (items.length === 0) return null
  return (
    <Notice
      live
      title={`${counted({ count: items.length, one: 'item' })} will be n/a from the start, under your name`}
    >
      <ul className="my-1 list-disc pl-5">
        {items.map(({ key, text }) => (
          <li key={key}>{plainInline(text)}</li>
        ))}
      </ul>
      A second person can check each of them, and anybody can take it back with a reason.
    </Notice>
  )
}
