import { paths } from '#lib/shared/paths.ts'
import type { Refusal } from '#lib/shared/result.ts'
import type { LoadedSampleView } from './sample-people.tsx'

export type SampleAnswer = ({ loaded: true } & LoadedSampleView) | { loaded: false; because: string }
export type SetUpAnswer = { team: string; sample: SampleAnswer | null }

type Problem = { code?: string; title?: string; errors?: Record<string, string> }

const UNHEARD: Refusal = {
  code: 'network',
  message: 'The server did not answer. Reload the page: if it offers to sign in, the set-up has worked.',
}

/** Sends the first visit's form; a refusal comes back with its fields. Never throws. */
export async function sendSetUp(
  form: Record<string, string | boolean>,
): Promise<{ done: SetUpAnswer } | { refusal: Refusal }> {
  try {
    const response = await fetch(paths.api.setup(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(form),
    })
    const body: unknown = await response.json()
    if (response.ok) return { done: body as SetUpAnswer }
    const { code = 'surprise', title = 'Something went wrong. Try again.', errors } = body as Problem
    return { refusal: { code, message: title, ...(errors ? { fields: errors } : {}) } }
  } catch {
    return { refusal: UNHEARD }
  }
}
