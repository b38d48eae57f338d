import { diffArrays } from 'diff'

export type MergedTexts = {
  /** Both texts in one, mine where both changed the same lines. */
  mine: string
  /** The same with theirs there; equal to `mine` when nothing is to be decided. */
  theirs: string
  /** How many changes only they, only I, and both made; a change that both made alike counts for nobody. */
  onlyTheirs: number
  onlyMine: number
  both: number
}

/** Lines `from` up to `to` of the text that both began with, and what stands there now. */
type Hunk = { from: number; to: number; lines: string[] }

/** Beyond so many changed lines the search would hold the page. */
const MOST_EDITS = 1_000

/**
 * Two texts made from one, line by line: a place that only one of them changed is taken as it is now. Null where they are
 * too far apart to be compared.
 */
export function mergeTexts(texts: { base: string; mine: string; theirs: string }): MergedTexts | null {
  const base = texts.base.split('\n')
  const mine = hunksOf(base, texts.mine)
  const theirs = hunksOf(base, texts.theirs)
  if (mine === null || theirs === null) return null
  const merged = { mine: [] as string[], theirs: [] as string[], onlyTheirs: 0, onlyMine: 0, both: 0 }
  let at = 0
  for (const { from, to, ...region } of regionsOf(mine, theirs)) {
    const kept = base.slice(at, from)
    const ours = applied(base, { from, to, hunks: region.mine })
    const other = applied(base, { from, to, hunks: region.theirs })
    const isAlike = ours.length === other.length && ours.every((line, index) => line === other[index])
    const isBoth = region.mine.length > 0 && region.theirs.length > 0
    if (isBoth && !isAlike) merged.both++
    else if (!isBoth && region.mine.length > 0) merged.onlyMine++
    else if (!isBoth) merged.onlyTheirs++
    merged.mine.push(...kept, ...(region.mine.length > 0 ? ours : other))
    merged.theirs.push(...kept, ...(region.theirs.length > 0 ? other : ours))
    at = to
  }
  const rest = base.slice(at)
  return {
    ...merged,
    mine: [...merged.mine, ...rest].join('\n'),
    theirs: [...merged.theirs, ...rest].join('\n'),
  }
}

function hunksOf(base: string[], text: string): Hunk[] | null {
  const parts = diffArrays(base, text.split('\n'), { maxEditLength: MOST_EDITS })
  if (!parts) return null
  const hunks: Hunk[] = []
  let at = 0
  for (const { added, removed, value } of parts) {
    const last = hunks.at(-1)
    if (!added && !removed) at += value.length
    else if (removed) {
      if (last?.to === at) last.to += value.length
      else hunks.push({ from: at, to: at + value.length, lines: [] })
      at += value.length
    } else if (last?.to === at) last.lines.push(...value)
    else hunks.push({ from: at, to: at, lines: [...value] })
  }
  return hunks.flatMap(byLine)
}

/** As many lines as before: each stands for the one in its place, so that neighbouring items are changed apart. */
function byLine(hunk: Hunk): Hunk[] {
  const { from, to, lines } = hunk
  if (lines.length !== to - from) return [hunk]
  return lines.map((line, index) => ({ from: from + index, to: from + index + 1, lines: [line] }))
}

type Region = { from: number; to: number; mine: Hunk[]; theirs: Hunk[] }

/** Places in order; changes of both that meet in one. */
function regionsOf(mine: readonly Hunk[], theirs: readonly Hunk[]): Region[] {
  const all = [
    ...mine.map((hunk) => ({ hunk, side: 'mine' as const })),
    ...theirs.map((hunk) => ({ hunk, side: 'theirs' as const })),
  ].sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.to - b.hunk.to)
  const regions: Region[] = []
  for (const { hunk, side } of all) {
    let region = regions.at(-1)
    const meets = region !== undefined && (hunk.from < region.to || hunk.from === region.from)
    if (!region || !meets) {
      region = { from: hunk.from, to: hunk.to, mine: [], theirs: [] }
      regions.push(region)
    }
    region.to = Math.max(region.to, hunk.to)
    region[side].push(hunk)
  }
  return regions
}

function applied(base: string[], { from, to, hunks }: { from: number; to: number; hunks: Hunk[] }): string[] {
  const lines: string[] = []
  let at = from
  for (const hunk of hunks) {
    lines.push(...base.slice(at, hunk.from), ...hunk.lines)
    at = hunk.to
  }
  return [...lines, ...base.slice(at, to)]
}
