'use client'
import dynamic from 'next/dynamic'
import { useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Time } from '#components/ui/time.tsx'
import { counted } from '#lib/shared/words.ts'
import { joinedWords, type MergeStart } from './merge-start.ts'
import { useMergeStart } from './use-merge-start.ts'

const MergeEditor = dynamic(() => import('./merge-editor.tsx'), { ssr: false })

type Props = {
  /** Where the text of the version that both began with is read. */
  baseAddress: string
  latest: { number: number; text: string; by: string; at: number; note: string }
  basedOn: number
  text: string
  onChange: (text: string) => void
  /** The text to go on with, from the latest version. */
  onMerged: (text: string) => void
  /** Gives up one's own text. */
  onDrop: () => void
}

/** Somebody published while this text was being written: what only one of the two changed is joined, the rest is decided. */
export function MergeView(props: Props) {
  const { latest, basedOn, baseAddress, text } = props
  const start = useMergeStart({ baseAddress, mine: text, theirs: latest.text })
  return (
    <section aria-label="Two versions of the text" className="grid grid-cols-1 gap-3">
      <Notice
        tone="warn"
        live
        title={`${latest.by} published version ${latest.number} while you were changing version ${basedOn}`}
      >
        <Time at={new Date(latest.at).toISOString()} />
        {latest.note ? `: “${latest.note}”. ` : '. '}
        {start ? joinedWords(start, latest.number) : 'Nothing of yours is lost.'}
      </Notice>
      {start ? <Decide {...props} start={start} /> : <Skeleton lines={8} label="Joining the two texts" />}
    </section>
  )
}

function Decide({ latest, onChange, onMerged, onDrop, start }: Props & { start: MergeStart }) {
  const isJoined = start.mine === start.theirs
  const [left, setLeft] = useState<number | null>(isJoined ? 0 : null)
  const now = useRef(start.mine)
  const goOn = () => onMerged(now.current)
  return (
    <>
      {isJoined ? null : (
        <>
          <div className="h-[65dvh] min-h-80 overflow-hidden rounded-xl border border-line bg-paper has-[.cm-focused]:outline-2 has-[.cm-focused]:outline-accent">
            <MergeEditor
              mine={start.mine}
              theirs={start.theirs}
              onChange={(text) => {
                now.current = text
                onChange(text)
              }}
              onLeft={setLeft}
            />
          </div>
          <p className="m-0 text-sm text-soft">
            Red is what version {latest.number} has there, green what your text has. Alt and an arrow key lead
            to the next difference, Tab to its buttons.
          </p>
        </>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" size="lg" onClick={goOn} disabled={left !== 0}>
          Go on with {isJoined ? 'both' : 'this text'}
        </Button>
        {left !== null && left > 0 ? (
          <Button size="lg" onClick={goOn}>
            Keep mine in {left === 1 ? 'it' : `all ${left}`}
          </Button>
        ) : null}
        <Button size="lg" onClick={onDrop}>
          Discard mine…
        </Button>
        <p aria-live="polite" className="m-0 text-sm text-soft">
          {left === null
            ? null
            : left === 0
              ? 'Nothing is left to decide'
              : `${counted({ count: left, one: 'difference' })} to decide`}
        </p>
      </div>
    </>
  )
}
