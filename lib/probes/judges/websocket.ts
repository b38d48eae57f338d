import { type Found, implied, judgeCheck, type ProbeJudge, totalTime } from '../judged.ts'
import type { WebsocketCheck, WebsocketProbe } from '../kinds/websocket.ts'
import type { WebsocketObservation } from '../observations/websocket.ts'

/** A probe that does not say so also expects the connection to open. */
export const websocketJudge: ProbeJudge<WebsocketProbe, WebsocketObservation> = {
  asksTarget: true,
  conditions({ conditions }, observation) {
    const saysOpen = conditions.some(({ on, level }) => on === 'open' && level === 'expect')
    const { observed, value } = opened(observation)
    return [
      ...(saysOpen ? [] : [implied({ text: 'open', observed, wanted: 'open', value })]),
      ...conditions.map((check) => judgeCheck(check, foundOf(check, observation))),
    ]
  },
}

function opened({ upgrade }: WebsocketObservation): { observed: string; value: boolean | null } {
  if (upgrade === null) return { observed: 'no answer to the upgrade', value: null }
  return upgrade.open
    ? { observed: 'upgraded', value: true }
    : { observed: `not upgraded: ${upgrade.why ?? 'no reason given'}`, value: false }
}

function foundOf(check: WebsocketCheck, observation: WebsocketObservation): Found {
  if (check.on === 'open') return opened(observation)
  if (check.on === 'time') return totalTime(observation.phases)
  const { upgrade, finds, messages, waitedMs, end } = observation
  if (upgrade === null || !upgrade.open) return { observed: 'not open', value: null }
  switch (check.on) {
    case 'subprotocol':
      return {
        observed: upgrade.subprotocol === null ? 'no subprotocol' : `subprotocol ${upgrade.subprotocol}`,
        value: upgrade.subprotocol === check.text,
      }
    case 'receive': {
      const find = finds.find(({ text }) => text === check.text)
      if (find === undefined) return { observed: 'not waited for', value: null }
      if (find.found === null) return { observed: 'a message too large to read came', value: null }
      const others = messages.length === 0 ? 'no message' : `${messages.length} other messages`
      const observed = find.found ? 'the message came' : `${others} in ${waitedMs ?? 0} ms`
      return { observed, value: find.found }
    }
    case 'close': {
      if (end === null) return { observed: 'not closed', value: null }
      const observed = end.code === null ? 'no closing handshake' : `closed with ${end.code}`
      return { observed, value: end.code === 1000 }
    }
  }
}
