import { compareDecimals } from '../decimals.ts'
import { type Found, implied, judgeCheck, type ProbeJudge } from '../judged.ts'
import type { SseCheck, SseProbe } from '../kinds/sse.ts'
import type { SseObservation } from '../observations/sse.ts'
import { inBaseUnit } from '../quantities.ts'

/** What is not an event stream has no events: `open` goes without saying. */
export const sseJudge: ProbeJudge<SseProbe, SseObservation> = {
  asksTarget: true,
  conditions({ conditions }, observation) {
    const says = conditions.some(({ on, level }) => on === 'open' && level === 'expect')
    const { observed, value } = opened(observation)
    const unsaid = says ? [] : [implied({ text: 'open', observed, wanted: 'an event stream', value })]
    return [...unsaid, ...conditions.map((check) => judgeCheck(check, foundOf(check, observation)))]
  },
}

function opened({ response, stream }: SseObservation): { observed: string; value: boolean | null } {
  if (response === null) return { observed: 'no response', value: null }
  const type = response.headers.find(({ name }) => name === 'content-type')?.value ?? 'no content-type'
  return { observed: `status ${response.status}, ${type}`, value: stream !== null }
}

function foundOf(check: SseCheck, observation: SseObservation): Found {
  if (check.on === 'open') return opened(observation)
  const { stream } = observation
  if (stream === null) return { observed: 'no event stream', value: null }
  if (check.on === 'first-event') {
    if (stream.first !== null)
      return {
        observed: `first event after ${stream.first} ms`,
        quantity: { value: stream.first, unit: 'ms' },
      }
    // None came so far: it takes at least as long as was listened, and nobody knows how long.
    const observed = `no event in ${stream.listened} ms`
    const isLate = compareDecimals(stream.listened, inBaseUnit(check)) >= 0
    return { observed, value: isLate && (check.op === '<' || check.op === '<=') ? false : null }
  }
  const find = stream.finds.find(({ on, text }) => on === check.on && text === check.text)
  if (find === undefined) return { observed: `${check.on} ${check.text} not looked for`, value: null }
  // What was cut at the limit might have come later; what did not come in time did not come.
  const isCut = stream.end === 'limit' && !find.found
  const observed = `${check.on} "${check.text.slice(0, 60).toWellFormed()}" ${find.found ? 'came' : `did not come in ${stream.listened} ms`}`
  return { observed, value: isCut ? null : find.found }
}
