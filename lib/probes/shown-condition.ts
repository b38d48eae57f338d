import { commonPlace } from './common-place.ts'
import type { JudgedCondition } from './judged.ts'

/** How a condition is put in a table: `wanted` is null where its own text says it already. */
export type ShownCondition = { text: string; seen: string; wanted: string | null }

const SIGNS: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤' }

function signed(text: string): string {
  return text.replace(/[<>]=/g, (sign) => SIGNS[sign] ?? sign)
}

/** The same as `{text, observed, wanted}`, without what a reader would read twice. */
export function shownCondition({ text, observed, wanted }: JudgedCondition): ShownCondition {
  const seen = observed.slice(commonPlace({ text, observed }).length)
  return { text, seen, wanted: signed(text).includes(signed(wanted)) ? null : wanted }
}
