import type { z } from 'zod'
import type { Refusal } from '#lib/shared/result.ts'

/** The refusal of an input that is not of its shape: the first thing that is wrong with each field. */
export function invalidInput(error: z.ZodError): Refusal {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) fields[issue.path.join('.') || 'input'] ??= issue.message
  return { code: 'invalid', message: 'Some fields need another value.', fields }
}
