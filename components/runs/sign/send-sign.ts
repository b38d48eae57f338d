import type { Signed } from '#lib/runs/decide-sign.ts'
import type { Decision } from '#lib/shared/codes.ts'
import { LIMITS, utf8Bytes } from '#lib/shared/limits.ts'
import { paths } from '#lib/shared/paths.ts'
import { type Json, type Result, refuse } from '#lib/shared/result.ts'
import { sizeWords } from '#lib/shared/size-words.ts'

type Problem = { code?: string; title?: string; errors?: Record<string, string>; detail?: Json }

export type SignInput = {
  role: string
  decision: Decision
  reason: string | null
  manifest: string
  mark: string
  password: string
}

const UNREACHABLE = {
  code: 'network',
  message:
    'Countersign could not be reached, so it is not known whether this was signed. Try again: signing twice is harmless.',
}

/** Sends a signature; the same key signs once. Every answer is a result: never throws. */
export async function sendSign({
  runId,
  key,
  input,
}: {
  runId: string
  key: string
  input: SignInput
}): Promise<Result<{ value: Signed; seq: number }>> {
  const size = utf8Bytes(input.manifest)
  if (size > LIMITS.signingTextBytes) {
    return refuse({
      code: 'too_large',
      message: `The text to sign has ${sizeWords(size)}; at most ${sizeWords(LIMITS.signingTextBytes)} can be signed. Shorten the longest notes, or split the checklist. Your reason is kept.`,
    })
  }
  try {
    const response = await fetch(paths.api.sign(runId), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key, input }),
    })
    const said: unknown = await response.json()
    if (response.ok) return { ok: true, value: said as { value: Signed; seq: number } }
    const { code = 'surprise', title = UNREACHABLE.message, errors, detail } = said as Problem
    return refuse({
      code,
      message: title,
      ...(errors ? { fields: errors } : {}),
      ...(detail === undefined ? {} : { detail }),
    })
  } catch {
    return refuse(UNREACHABLE)
  }
}
