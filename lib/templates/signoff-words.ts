import { withoutComments } from './inline-comments.ts'
import type { SignoffColumn } from './model.ts'
import { COLUMNS, HEADING_WORDS } from './signoff-vocabulary.ts'
import { wordsOf } from './stages.ts'

const LONGEST_LABEL = 400

/** Labels of a form that are no person's role, so that a phone number is never taken for a slot. */
const NO_ROLE =
  /(?<![^ ])(?:notes?|comments?|e ?mail|phone|url|version|time|window|duration|total|contact|status|reason|issue|result|actual|target|number|start|end|support|date|datum|fecha|tarih|дата|التاريخ|البريد|الهاتف|telefon|tel)(?![^ ])/u

/** What a column or a label of a form asks for; both halves of a bilingual "الاسم / Name" are looked at. */
export function columnOf(label: string): SignoffColumn {
  const whole = wordsOf(label)
  const words = [whole, ...label.split(/[/|(]/).map(wordsOf)]
  for (const [column, known] of Object.entries(COLUMNS) as [Exclude<SignoffColumn, 'other'>, string[]][])
    if (words.some((word) => known.includes(word))) return column
  return 'other'
}

/** True for a heading or a bold line under which people sign. */
export function isSignoffHeading(title: string): boolean {
  return HEADING_WORDS.test(wordsOf(title))
}

/** True for a label that can name who signs. */
export function canNameRole(label: string): boolean {
  const words = wordsOf(label)
  return /\p{L}/u.test(words) && words.length <= 60 && columnOf(label) === 'other' && !NO_ROLE.test(words)
}

/** A role's name as written, without box, emphasis, blanks and the closing colon. */
export function cleanRole(label: string): string {
  const text = label.slice(0, LONGEST_LABEL)
  return withoutComments({ text, start: 0, end: text.length })
    .replace(/^[\s>]*(?:[-*+]|\d+[.)])?\s*(?:\[[ xX]?\]|[☐☑⬜✅🔲])?\s*/u, '')
    .replace(/[*_`]+/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s:：]+$/u, '')
    .trim()
}

/** "Implementer Signature" asks the implementer to sign. */
export function roleOfLabel(label: string): string {
  return label.replace(/\s+(?:signature|sign[- ]?off)$/iu, '')
}
