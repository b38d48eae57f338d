import { cx } from '#components/ui/cx.ts'
import { type DiffPart, DiffText } from '#components/ui/diff-text.tsx'
import { counted } from '#lib/shared/words.ts'
import type { DiffBlock, DiffLine, TextDiff } from '#lib/templates/diff-lines.ts'

const LOOKS = {
  same: { row: '', sign: ' ' },
  added: { row: 'bg-go-bg', sign: '+' },
  removed: { row: 'bg-no-bg', sign: '−' },
} as const

function partsOf(line: DiffLine): DiffPart[] {
  return line.kind === 'same' ? [{ kind: 'same', text: line.text }] : line.parts
}

function Row({ line }: { line: DiffLine }) {
  const { row, sign } = LOOKS[line.kind]
  return (
    <tr className={row}>
      <td className="w-10 pr-2 text-right align-top text-faint tabular-nums select-none">
        {'before' in line ? line.before : ''}
      </td>
      <td className="w-10 pr-2 text-right align-top text-faint tabular-nums select-none">
        {'after' in line ? line.after : ''}
      </td>
      <td className="w-5 align-top select-none" aria-hidden="true">
        {sign}
      </td>
      <td className="break-words whitespace-pre-wrap">
        {line.kind === 'same' ? null : <span className="sr-only">{line.kind} line: </span>}
        <DiffText parts={partsOf(line)} />
      </td>
    </tr>
  )
}

function Lines({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  return (
    <table className="w-full border-collapse font-mono text-xs/5">
      <caption className="sr-only">{label}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Line before</th>
          <th scope="col">Line after</th>
          <th scope="col">Change</th>
          <th scope="col">Text</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row
            key={`${line.kind} ${'before' in line ? line.before : ''} ${'after' in line ? line.after : ''}`}
            line={line}
          />
        ))}
      </tbody>
    </table>
  )
}

/** Unchanged lines are one text: a long file must not become thousands of rows that nobody opens. */
function Folded({ lines }: { lines: readonly DiffLine[] }) {
  return (
    <details className="border-y border-hair">
      <summary className="cursor-pointer bg-hair px-3 py-1.5 text-sm text-soft">
        {counted({ count: lines.length, one: 'unchanged line' })}
      </summary>
      <pre className="m-0 px-3 py-1.5 font-mono text-xs/5 break-words whitespace-pre-wrap text-soft">
        {lines.map((line) => (line.kind === 'same' ? line.text : '')).join('\n')}
      </pre>
    </details>
  )
}

const keyOf = ({ lines: [first] }: DiffBlock) =>
  first === undefined ? '' : `${'before' in first ? first.before : ''} ${'after' in first ? first.after : ''}`

/** Two texts, line by line in one column, with the changed words marked. */
export function DiffView({ diff, label }: { diff: TextDiff; label: string }) {
  if (diff.onlyBytes)
    return (
      <p className="m-0 text-soft">Every line is the same. Only line ends or the byte order mark differ.</p>
    )
  if (diff.added + diff.removed === 0) return <p className="m-0 text-soft">The text is the same.</p>
  return (
    <div className="grid gap-2.5">
      <p className="m-0 text-sm text-soft">
        {counted({ count: diff.added, one: 'line' })} added, {counted({ count: diff.removed, one: 'line' })}{' '}
        removed
      </p>
      <div className={cx('overflow-hidden rounded-xl border border-line bg-paper')}>
        {diff.blocks.map((block) =>
          block.kind === 'folded' ? (
            <Folded key={`folded ${keyOf(block)}`} lines={block.lines} />
          ) : (
            <Lines key={`changes ${keyOf(block)}`} lines={block.lines} label={label} />
          ),
        )}
      </div>
    </div>
  )
}
