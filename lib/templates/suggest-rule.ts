import type { Line } from './suggest-line.ts'

/** What a rule makes of a line; `because` names the words that it read and every default that it took. */
export type Reading = { probe: string; because: string }

/** One row of the table of rules. */
export type Rule = {
  rule: string
  /** For the docs: what it reads. */
  reads: string
  /** Whether it is offered without being asked for: the labelled table decides, and a test holds this to it. */
  offered: boolean
  /** What the words must hold; null where `read` decides alone. */
  when: RegExp | null
  unless?: RegExp
  /** Headings under which the same words mean something else. */
  unlessIn?: RegExp
  read: (line: Line) => Reading | null
}

/** Whole words of any script; what stands between bars may be a pattern. */
export function words(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${pattern})(?![\\p{L}\\p{N}_])`, 'u')
}

/** Parts of words, for scripts and languages that do not part them by blanks. */
export function parts(pattern: string): RegExp {
  return new RegExp(pattern, 'u')
}

/** The words of the line that `pattern` hits, as they are quoted in a reason. */
export function quoted(line: Line, pattern: RegExp): string {
  return `the text says “${(pattern.exec(line.text)?.[0] ?? line.text).trim().slice(0, 80)}”`
}

/** A variable of the environment, as a probe names it. */
export function variable(name: string): string {
  return `$\{${name}}`
}
