'use client'
import { cx } from '#components/ui/cx.ts'
import { Time } from '#components/ui/time.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import { isGradeAtLeast } from '#lib/shared/codes.ts'
import { GRADE_WORDS } from '#lib/shared/words.ts'
import { openOverlay, useDesk } from '../board/desk.ts'
import { AttachmentLink } from './attachment-link.tsx'
import { waitsWords } from './push-help.tsx'
import { ShadowLine } from './shadow-line.tsx'

/** What an open item asks for, beyond a tick. */
function wishes(item: ItemView): string[] {
  const above = item.minGrade === 'witnessed' || item.minGrade === 'observed'
  if (item.state !== 'open') return []
  return [
    item.probe && !item.line && !item.probe.waits ? 'A probe shows this' : '',
    item.notice && !item.notice.sent ? 'Somebody is told and acknowledges' : '',
    item.unasked ? unaskedWords(item.unasked) : '',
    item.needsNote && !item.probe ? 'Needs a note' : '',
    above ? `Must be ${GRADE_WORDS[item.minGrade]}` : '',
    item.ownerRole ?? '',
    item.required ? '' : 'Optional',
  ].filter((wish) => wish !== '')
}

/** The environment's page has every name; here they would be longer than the item. */
export function unaskedWords([first = '', ...more]: readonly string[]): string {
  if (more.length === 0) return `A probe shows this where ${first} is set`
  const others = more.length === 1 ? more[0] : `${more.length} more variables`
  return `A probe shows this where ${first} and ${others} are set`
}

/** What makes it fresh again, for whom and as long as that can be done. */
function again({ can }: ItemView): string {
  if (can.probe) return ': run the probe again'
  return can.tick ? ': tick it again' : ''
}

/** Passed, but not proven as well as the checklist asks. */
function isTooWeak({ state, grade, minGrade, tooOld }: ItemView): boolean {
  return state === 'passed' && !tooOld && !isGradeAtLeast({ grade, minimum: minGrade })
}

/** A look that could not tell asks for somebody; what waits to be pushed is in no doubt, it has not come. */
function isInDoubt({ line, probe }: ItemView): boolean {
  return line?.unsure === true && !probe?.waits
}

function EvidenceButton({ itemKey, words }: { itemKey: string; words: string }) {
  const desk = useDesk()
  return (
    <button
      type="button"
      onClick={() => openOverlay(desk, { kind: 'why', itemKey })}
      className="border-0 bg-transparent p-0 text-inherit underline underline-offset-2 pointer-coarse:py-1"
    >
      {words}
    </button>
  )
}

/** What stands behind the item, in one line, and the way to all of it. */
export function ItemEvidence({ item }: { item: ItemView }) {
  const desk = useDesk()
  const { line } = item
  const asked = wishes(item)
  const machine = line?.from === 'machine'
  const awaits = Boolean(item.probe?.waits) && item.state === 'open'
  return (
    <>
      {line ? (
        <p
          className={cx(
            'm-0 mt-0.5',
            machine ? 'font-mono text-xs' : 'text-sm',
            item.state === 'failed' ? 'text-no' : isInDoubt(item) ? 'text-warn' : 'text-soft',
          )}
        >
          {line.text}
          {' · '}
          <span className="whitespace-nowrap">
            {machine && item.at !== null ? (
              <>
                <Time at={new Date(item.at)} show="relative" />
                {' · '}
              </>
            ) : null}
            <EvidenceButton itemKey={item.key} words={awaits ? 'how' : 'why'} />
          </span>
        </p>
      ) : null}
      <ShadowLine item={item} />
      {isTooWeak(item) ? (
        <p className="m-0 mt-0.5 text-sm text-warn">Must be {GRADE_WORDS[item.minGrade]}</p>
      ) : null}
      {item.tooOld ? (
        <p className="m-0 mt-0.5 text-sm text-warn">The evidence is too old{again(item)}</p>
      ) : null}
      {item.probe?.waits && awaits && !line ? (
        <p className="m-0 mt-0.5 text-sm text-soft">
          {waitsWords(item.probe.waits)}
          {' · '}
          <EvidenceButton itemKey={item.key} words="how" />
        </p>
      ) : null}
      {asked.length > 0 ? <p className="m-0 mt-0.5 text-sm text-soft">{asked.join(' · ')}</p> : null}
      {item.attachments.map((attachment) =>
        attachment.gone ? null : (
          <p key={attachment.id} className="m-0 mt-0.5 text-sm text-soft">
            <AttachmentLink attachment={attachment} runId={desk.runId} />
            {attachment.note ? ` “${attachment.note}”` : ''}
          </p>
        ),
      )}
      {item.notes.map((note) => (
        <p key={`${note.at} ${note.by.memberId}`} className="m-0 mt-0.5 text-sm text-soft">
          {note.by.name} <Time at={new Date(note.at)} show="hour" />: “{note.text}”
        </p>
      ))}
    </>
  )
}
