'use client'
import { memo, useMemo } from 'react'
import type { ImportReview } from '#lib/templates/review-import.ts'
import { lineOwners } from './line-owners.ts'

const CHUNK = 100

type Marks = { owner: number | null; changed: boolean }[]

/** Some lines of the text. Plain values as props, so that a chunk without a change does not render again. */
const Lines = memo(function Lines({ first, text, marks }: { first: number; text: string; marks: string }) {
  const parsed = JSON.parse(marks) as Marks
  return (
    <div className="source-chunk">
      {text.split('\n').map((line, index) => {
        const number = first + index
        const { owner = null, changed = false } = parsed[index] ?? {}
        return (
          <div
            key={number}
            data-line={number}
            data-of={owner ?? undefined}
            data-changed={changed || undefined}
            className="source-line"
          >
            <span aria-hidden="true" className="source-number">
              {number}
            </span>
            <span className="source-text">{line === '' ? ' ' : line}</span>
          </div>
        )
      })}
    </div>
  )
})

/** The text as it will be published, by line; lines into which something was written are marked. */
export function SourcePane({ source, review }: { source: string; review: ImportReview }) {
  const chunks = useMemo(() => {
    const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
    const owners = lineOwners(review, lines.length)
    const changed = new Set(review.changes.map(({ line }) => line))
    const made: { first: number; text: string; marks: string }[] = []
    for (let start = 0; start < lines.length; start += CHUNK) {
      const part = lines.slice(start, start + CHUNK)
      const marks: Marks = part.map((_, index) => ({
        owner: owners[start + index] ?? null,
        changed: changed.has(start + index + 1),
      }))
      made.push({ first: start + 1, text: part.join('\n'), marks: JSON.stringify(marks) })
    }
    return made
  }, [source, review])
  const region = { role: 'region', 'aria-label': 'Source', tabIndex: 0 }
  return (
    <div {...region} data-pane="source" className="source-pane">
      {chunks.map(({ first, text, marks }) => (
        <Lines key={first} first={first} text={text} marks={marks} />
      ))}
    </div>
  )
}
