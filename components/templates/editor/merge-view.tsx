'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Time } from '#components/ui/time.tsx'
import { counted } from '#lib/shared/words.ts'

const MergeEditor = dynamic(() => import('./merge-editor.tsx'), { ssr: false })

/** Somebody published while this text was being written: each difference is decided, then the text goes on from theirs. */
export function MergeView({
  latest,
  basedOn,
  text,
  onChange,
  onMerged,
  onDrop,
}: {
  latest: { number: number; text: string; by: string; at: number; note: string }
  basedOn: number
  text: string
  onChange: (text: string) => void
  onMerged: () => void
  /** Gives up one's own text. */
  onDrop: () => void
}) {
  const [left, setLeft] = useState<number | null>(null)
  const [mine] = useState(text)
  return (
    <section aria-label="Two versions of the text" className="grid gap-3">
      <Notice
        tone="warn"
        live
        title={`${latest.by} published version ${latest.number} while you were changing version ${basedOn}`}
      >
        <Time at={new Date(latest.at).toISOString()} />
        {latest.note ? `: “${latest.note}”. ` : '. '}
        Nothing of yours is lost. Decide each difference, then go on from version {latest.number}.
      </Notice>
      <div className="h-[65dvh] min-h-80 overflow-hidden rounded-xl border border-line bg-paper has-[.cm-focused]:outline-2 has-[.cm-focused]:outline-accent">
        <MergeEditor mine={mine} theirs={latest.text} onChange={onChange} onLeft={setLeft} />
      </div>
      <p className="m-0 text-sm text-soft">
        Red is what only version {latest.number} has, green what only your text has. Alt and an arrow key lead
        to the next difference, Tab to its buttons.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" size="lg" onClick={onMerged} disabled={left !== 0}>
          Go on with this text
        </Button>
        {left !== null && left > 0 ? (
          <Button size="lg" onClick={onMerged}>
            Keep mine in all {left}
          </Button>
        ) : null}
        <Button size="lg" onClick={onDrop}>
          Discard mine…
        </Button>
        <p aria-live="polite" className="m-0 text-sm text-soft">
          {left === null || left === 0
            ? 'Every difference is decided'
            : `${counted({ count: left, one: 'difference' })} to decide`}
        </p>
      </div>
    </section>
  )
}
