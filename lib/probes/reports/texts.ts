import { redactText, withoutControls } from '../redact.ts'
import { REPORT_LIMITS } from './limits.ts'

/** A name as it is kept: on one line, cut, without characters that cannot be stored. */
export function keptName(text: string): string {
  // Cut first, so that a name of megabytes costs no more than a short one.
  const short = text.slice(0, REPORT_LIMITS.textLength * 4)
  return cut(withoutControls(short.replace(/\s+/g, ' ')).trim())
}

/** What somebody wrote, or a program printed: the same, with what looks like a secret masked before it is cut. */
export function keptText(text: string): string {
  return cut(redactText(keptLine(text), []))
}

function keptLine(text: string): string {
  const short = text.slice(0, REPORT_LIMITS.textLength * 4)
  return withoutControls(short.replace(/\s+/g, ' ')).trim()
}

function cut(text: string): string {
  const most = REPORT_LIMITS.textLength
  return (text.length <= most ? text : `${text.slice(0, most - 1)}…`).toWellFormed()
}

export function keptOrNull(text: string | null | undefined): string | null {
  const kept = keptName(text ?? '')
  return kept === '' ? null : kept
}

/** A whole number from 0 as it is written in files; null for all that is not one. */
export function countOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null
}
