import { paths } from '#lib/shared/paths.ts'
import type { Tried } from '#lib/templates/tried.ts'

export type TryAsk = { team: string; service: string; environment: string; probe: string }

type Refused = { title?: string; errors?: { probe?: string } }

/** What came of the look, or in words why there was none; null when it was cancelled. */
export async function requestTry(ask: TryAsk, signal: AbortSignal): Promise<Tried | string | null> {
  try {
    const response = await fetch(paths.api.templateTry(), {
      method: 'POST',
      signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ask),
    })
    const answer = (await response.json()) as Tried | Refused
    if (response.ok && 'seen' in answer) return answer
    const refused = answer as Refused
    return refused.errors?.probe ?? refused.title ?? 'This could not be tried.'
  } catch {
    return signal.aborted ? null : 'The server did not answer. Your probe is still here; try again.'
  }
}
