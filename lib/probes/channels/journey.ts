import type { HeaderLine } from '#lib/probes/observations/base.ts'
import { type Hop, hopKey, isRedirect, knownUrl, nextHop } from '#lib/probes/redirect.ts'
import type { HttpAnswer } from '#lib/server/egress/http.ts'
import { ask } from './ask.ts'
import type { Attempt } from './channel.ts'

/** `url`: as the server knows it. */
export type Stop = { url: URL; status: number; headers: readonly HeaderLine[] }
export type Journey = { hop: Hop; answer: HttpAnswer; stops: Stop[]; refused: string | null }

const MOST_HOPS = 10

/**
 * Follows every redirect by hand, also those that a probe of http refuses: where they lead is the finding. `refused` says why the last
 * one was not followed; its target is then the last stop, with status 0.
 */
export async function travelled(
  attempt: Attempt<unknown, unknown>,
  {
    hop: first,
    from = first,
    maxBytes,
    onHop,
  }: {
    hop: Hop
    /** Whose names and client's certificate are said: where the probe itself looks, unless this journey begins there. */
    from?: Hop
    maxBytes: number
    onHop?: (hop: Hop) => void
  },
): Promise<Journey> {
  const stops: Stop[] = []
  const visited: string[] = []
  const config = { redirects: { mode: 'follow', max: MOST_HOPS } } as const
  let hop = first
  for (;;) {
    onHop?.(hop)
    visited.push(hopKey(hop))
    const answer = await ask(attempt, { hop, from, maxBytes, skipBody: isRedirect })
    stops.push({ url: knownUrl(hop), status: answer.status, headers: answer.headers })
    const location = answer.headers.find(({ name }) => name === 'location')?.value ?? null
    const next = nextHop({ hop, status: answer.status, location, config, visited, secrets: attempt.secrets })
    if (next.step === 'stay') return { hop, answer, stops, refused: null }
    if (next.step === 'refuse') {
      if (location !== null && URL.canParse(location, knownUrl(hop)))
        stops.push({ url: new URL(location, knownUrl(hop)), status: 0, headers: [] })
      return { hop, answer, stops, refused: next.message }
    }
    hop = next.hop
  }
}
