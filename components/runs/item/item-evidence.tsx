'use client'
import { cx } from '#components/ui/cx.ts'
import { Time } from '#components/ui/time.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import { GRADE_WORDS } from '#lib/shared/words.ts'
import { useDesk, openOverlay } from '../board/desk.ts'

/** What an open item asks for, beyond a tick. */
function wishes(item: ItemView): string[] {
  if (item.state !== 'open') return []
  const above = item.minGrade === 'witnessed' || item.minGrade === 'observed'
  return [
    item.probe && !item.line ? 'A probe shows this' : '',
    item.tickNeedsNote && !item.probe ? 'Needs a note' : '',
    above ? `Must be ${GRADE_WORDS[item.minGrade]}` : '',
    item.ownerRole ?? '',
    item.required ? '' : 'Optional',
  ].filter((wish) => wish !== '')
}

/** What stands behind the item, in one line, and the way to all of it. */
export function ItemEvidence({ item }: { item: ItemView }) {
  const desk = useDesk()
  const { line } = item
  const asked = wishes(item)
  const machine = line?.from === 'machine'
  return (
    <>
      {line ? (
        <p
          className={cx(
            'm-0 mt-0.5',
            machine ? 'font-mono text-xs' : 'text-sm',
            item.state === 'failed' ? 'text-no' : 'text-soft',
          )}
        >
          {line.text}
          {machine && item.at !== null ? (
            <>
              {' · '}
              <Time at={new Date(item.at)} show="relative" />
            </>
          ) : null}
          {' · '}
          <button
            type="button"
            onClick={() => openOverlay(desk, { kind: 'why', itemKey: item.key })}
            className="border-0 bg-transparent p-0 text-inherit underline underline-offset-2 pointer-coarse:py-1"
          >
            why
          </button>
        </p>
      ) : null}
      {item.tooOld ? (
        <p className="m-0 mt-0.5 text-sm text-warn">
          The evidence is too old: {item.probe ? 'run the probe' : 'tick it'} again
        </p>
      ) : null}
      {asked.length > 0 ? <p className="m-0 mt-0.5 text-sm text-soft">{asked.join(' · ')}</p> : null}
      {item.notes.map((note) => (
        <p key={`${note.at} ${note.by.memberId}`} className="m-0 mt-0.5 text-sm text-soft">
          {note.by.name} <Time at={new Date(note.at)} show="hour" />: “{note.text}”
        </p>
      ))}
    </>
  )
}
