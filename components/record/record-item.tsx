import { InlineText } from '#components/runs/item/inline-text.tsx'
import { GradeMark } from '#components/ui/grade.tsx'
import { ItemBox } from '#components/ui/item-box.tsx'
import { Utc } from '#components/ui/utc.tsx'
import { attachmentWords } from '#lib/runs/attachment-words.ts'
import type { ItemView } from '#lib/runs/board.ts'
import { ITEM_STATE_WORDS } from '#lib/shared/words.ts'

/** One item on paper: its box, its text, what stands behind it. */
export function RecordItem({ item }: { item: ItemView }) {
  return (
    <li className="keep-together grid grid-cols-[20px_1fr_auto] gap-2.5 border-t border-hair py-1.5 text-sm">
      <ItemBox state={item.state} size="sm" />
      <div className="min-w-0 break-words">
        <InlineText text={item.text} />
        {item.commands ? (
          <pre className="m-0 mt-1 whitespace-pre-wrap break-all font-mono text-xs text-soft">
            {item.commands}
          </pre>
        ) : null}
        {item.line ? (
          <div className={`text-xs text-soft ${item.line.from === 'machine' ? 'font-mono' : ''}`}>
            {item.line.text}
            {item.line.from === 'machine' && item.at !== null ? (
              <>
                {' '}
                · <Utc at={new Date(item.at)} show="second" />
              </>
            ) : null}
          </div>
        ) : null}
        {item.attachments.map((attachment) => (
          <div key={attachment.id} className="text-xs break-words text-soft">
            {attachmentWords(attachment)}
          </div>
        ))}
        {item.notes.map((note) => (
          <div key={`${note.at} ${note.text}`} className="text-xs text-soft">
            Note by {note.by.name}, <Utc at={new Date(note.at)} show="minute" />: “{note.text}”
          </div>
        ))}
      </div>
      <span className="text-xs text-soft">
        {item.state === 'passed' ? <GradeMark grade={item.grade} showText /> : ITEM_STATE_WORDS[item.state]}
      </span>
    </li>
  )
}
