import { diffArrays, diffWordsWithSpace } from 'diff'
import { editorText } from './line-ends.ts'

/** A part of a changed line, as `DiffText` shows it. */
export type LinePart = { kind: 'same' | 'added' | 'removed'; text: string }
export type DiffLine =
  | { kind: 'same'; before: number; after: number; text: string }
  | { kind: 'removed'; before: number; parts: LinePart[] }
  | { kind: 'added'; after: number; parts: LinePart[] }
/** Lines in a row: changed ones with their neighbours, or unchanged ones that may be folded away. */
export type DiffBlock = { kind: 'changes' | 'folded'; lines: DiffLine[] }

export type TextDiff = {
  blocks: DiffBlock[]
  added: number
  removed: number
  /** The text is the same; its line ends or its byte order mark are not. */
  onlyBytes: boolean
}

const CONTEXT = 3
/** Longest search for the shortest difference; beyond it all lines of the middle count as changed. */
const MOST_EDITS = 1_000
const LONGEST_MARKED = 2_000

/** Two texts line by line, changed words marked inside lines that stand for each other. */
export function diffText({ from, to }: { from: string; to: string }): TextDiff {
  const [before, after] = [editorText(from).split('\n'), editorText(to).split('\n')]
  const lines: DiffLine[] = []
  let [left, right] = [1, 1]
  let gone: string[] = []
  const leave = () => {
    lines.push(
      ...gone.map(
        (text): DiffLine => ({ kind: 'removed', before: left++, parts: [{ kind: 'removed', text }] }),
      ),
    )
    gone = []
  }
  for (const { added, removed, value } of changesBetween(before, after)) {
    if (removed) {
      leave()
      gone = value
    } else if (added) {
      const pairs =
        gone.length === value.length ? gone.map((text, index) => marked(text, value[index] ?? '')) : null
      if (pairs) {
        lines.push(...pairs.map(([parts]): DiffLine => ({ kind: 'removed', before: left++, parts })))
        lines.push(...pairs.map(([, parts]): DiffLine => ({ kind: 'added', after: right++, parts })))
        gone = []
      } else {
        leave()
        lines.push(
          ...value.map(
            (text): DiffLine => ({ kind: 'added', after: right++, parts: [{ kind: 'added', text }] }),
          ),
        )
      }
    } else {
      leave()
      lines.push(...value.map((text): DiffLine => ({ kind: 'same', before: left++, after: right++, text })))
    }
  }
  leave()
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length
  const [added, removed] = [count('added'), count('removed')]
  return { blocks: folded(lines), added, removed, onlyBytes: added + removed === 0 && from !== to }
}

type Change = { added: boolean; removed: boolean; value: string[] }

function changesBetween(before: string[], after: string[]): Change[] {
  const found = diffArrays(before, after, { maxEditLength: MOST_EDITS })
  if (found) return found
  const same = (value: string[]): Change => ({ added: false, removed: false, value })
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  let end = 0
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end))
    end++
  return [
    same(before.slice(0, start)),
    { added: false, removed: true, value: before.slice(start, before.length - end) },
    { added: true, removed: false, value: after.slice(start, after.length - end) },
    same(before.slice(before.length - end)),
  ]
}

/** One text with the words marked that are not in the other; beyond a length the whole of both. */
export function diffWords({ from, to }: { from: string; to: string }): LinePart[] {
  if (from.length + to.length > LONGEST_MARKED)
    return [
      { kind: 'removed', text: from },
      { kind: 'added', text: to },
    ]
  return diffWordsWithSpace(from, to).map(({ added, removed, value }): LinePart => {
    if (added) return { kind: 'added', text: value }
    return { kind: removed ? 'removed' : 'same', text: value }
  })
}

/** The two lines in parts; each holds what is its own and what both have. */
function marked(before: string, after: string): [LinePart[], LinePart[]] {
  const parts = diffWords({ from: before, to: after })
  return [parts.filter(({ kind }) => kind !== 'added'), parts.filter(({ kind }) => kind !== 'removed')]
}

function folded(lines: readonly DiffLine[]): DiffBlock[] {
  const near = new Set<number>()
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue
    for (let at = index - CONTEXT; at <= index + CONTEXT; at++) near.add(at)
  }
  const blocks: DiffBlock[] = []
  for (const [index, line] of lines.entries()) {
    const kind = near.has(index) ? 'changes' : 'folded'
    const last = blocks.at(-1)
    if (last?.kind === kind) last.lines.push(line)
    else blocks.push({ kind, lines: [line] })
  }
  return blocks
}
