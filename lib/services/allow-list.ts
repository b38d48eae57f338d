import { parseAllowEntry, printAllowEntry } from '#lib/shared/allow-entry.ts'
import type { Parsed } from './variables.ts'

export const ALLOW_ENTRIES_MAX = 100

/** Reads one entry a line, in canonical spelling and without repetitions; the first line at fault is named by its number. */
export function parseAllowList(text: string): Parsed<string[]> {
  const entries = new Set<string>()
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const read = parseAllowEntry(line)
    if (!read.ok) return { ok: false, problem: `Line ${index + 1}: ${read.refusal.message}` }
    entries.add(printAllowEntry(read.value))
    if (entries.size > ALLOW_ENTRIES_MAX)
      return { ok: false, problem: `Line ${index + 1}: at most ${ALLOW_ENTRIES_MAX} entries.` }
  }
  return { ok: true, value: [...entries] }
}

export function allowListDiff({ from, to }: { from: readonly string[]; to: readonly string[] }): {
  added: string[]
  removed: string[]
} {
  return {
    added: to.filter((entry) => !from.includes(entry)),
    removed: from.filter((entry) => !to.includes(entry)),
  }
}
