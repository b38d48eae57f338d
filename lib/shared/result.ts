/** A value that JSON can carry without loss. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** A refusal is an expected answer, in words for the person who asked; surprises are thrown instead. */
export type Refusal = {
  code: string
  message: string
  /** Input field name → what is wrong with it. */
  fields?: Record<string, string>
  detail?: Json
}

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function refuse(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal }
}
