import { counted } from '#lib/shared/words.ts'
import { mergeTexts } from '#lib/templates/merge-texts.ts'

/** Two texts that differ only in what a person has to decide, and what was joined before; null: nothing could be. */
export type MergeStart = {
  mine: string
  theirs: string
  joined: { onlyTheirs: number; onlyMine: number; both: number } | null
}

/** Without the text that both began with each difference is to be decided. */
export function mergeStart(texts: { base: string | null; mine: string; theirs: string }): MergeStart {
  const merged = texts.base === null ? null : mergeTexts({ ...texts, base: texts.base })
  if (merged === null) return { mine: texts.mine, theirs: texts.theirs, joined: null }
  const { mine, theirs, ...joined } = merged
  return { mine, theirs, joined }
}

const changes = (count: number) => counted({ count, one: 'change' })

/** What has happened to the two texts and what is asked, in words. */
export function joinedWords({ joined }: MergeStart, number: number): string {
  if (joined === null)
    return `Nothing of yours is lost. Decide each difference, then go on from version ${number}.`
  const { onlyTheirs, onlyMine, both } = joined
  const done = `${changes(onlyTheirs)} of theirs ${onlyTheirs === 1 ? 'is' : 'are'} in your text now, ${changes(onlyMine)} of yours ${onlyMine === 1 ? 'stays' : 'stay'}.`
  const asked =
    both === 0
      ? 'No place was changed by both of you.'
      : `${both === 1 ? 'One place was' : `${both} places were`} changed by both: decide ${both === 1 ? 'it' : 'each'}.`
  return `${done} ${asked}`
}
