import type { TriedConnection } from '#lib/probes/connection.ts'
import type { ConnectionRef } from '#lib/services/connections.ts'
import { paths } from '#lib/shared/paths.ts'

export type ConnectionAsk = ConnectionRef & { team: string; service: string; environment: string }

/** What came of one look at an address; a refusal in words is one too. Null when it was cancelled. */
export async function requestConnection(
  { team, service, environment, of, name }: ConnectionAsk,
  signal: AbortSignal,
): Promise<TriedConnection | null> {
  const failed = (words: string): TriedConnection => ({ outcome: 'error', words, allow: null })
  try {
    const response = await fetch(paths.api.serviceTry(), {
      method: 'POST',
      signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ team, service, environment, of, name }),
    })
    const answer = (await response.json()) as TriedConnection | { title?: string }
    if (response.ok && 'outcome' in answer) return answer
    return failed(('title' in answer && answer.title) || 'This could not be tried.')
  } catch {
    return signal.aborted ? null : failed('Countersign did not answer. Try again.')
  }
}
