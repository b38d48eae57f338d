import type { PaletteCommand } from './palette-command.ts'

/** 3 where the text begins with the word, 2 where one of its words does, 1 anywhere inside, 0 nowhere. */
function closeness(text: string, word: string): number {
  if (text.startsWith(word)) return 3
  if (text.includes(` ${word}`) || text.includes(`-${word}`) || text.includes(`#${word}`)) return 2
  return text.includes(word) ? 1 : 0
}

function score(command: PaletteCommand, words: readonly string[]): number {
  const label = command.label.toLocaleLowerCase('en')
  const others = (command.keywords ?? []).map((keyword) => keyword.toLocaleLowerCase('en'))
  let sum = 0
  for (const word of words) {
    const best = Math.max(closeness(label, word) * 2, ...others.map((other) => closeness(other, word)))
    if (best === 0) return 0
    sum += best
  }
  return sum
}

/** The commands that carry every word of the query, the closest first; all of them, as given, for an empty query. */
export function rankCommands({
  commands,
  query,
}: {
  commands: readonly PaletteCommand[]
  query: string
}): readonly PaletteCommand[] {
  const words = query.toLocaleLowerCase('en').split(/\s+/).filter(Boolean)
  if (words.length === 0) return commands
  return commands
    .map((command) => ({ command, points: score(command, words) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .map(({ command }) => command)
}
