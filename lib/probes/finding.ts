import type { HttpObservation } from './observations/http.ts'

/** `value: null` is unknown: an operand is missing, not a number, or the body was cut before it could be decided. */
export type Finding = { observed: string; wanted: string; value: boolean | null }

/** The value of a header, its lines joined with ", " (RFC 9110, 5.3); undefined when absent, null when not kept. */
export function headerValue({ response }: HttpObservation, name: string): string | null | undefined {
  const lines = response?.headers.filter((header) => header.name === name) ?? []
  if (lines.length > 0) return lines.map(({ value }) => value).join(', ')
  return response?.headerNames.includes(name) === true ? null : undefined
}

export function shortened(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text}"`
}
