import { counted } from '#lib/shared/words.ts'
import { type Found, judgeCheck, type ProbeJudge, totalTime } from '../judged.ts'
import type { TcpCheck, TcpProbe } from '../kinds/tcp.ts'
import type { TcpObservation } from '../observations/tcp.ts'

export const tcpJudge: ProbeJudge<TcpProbe, TcpObservation> = {
  asksTarget: true,
  conditions: (config, observation) =>
    config.conditions.map((check) => judgeCheck(check, foundOf(check, { config, observation }))),
}

function foundOf(
  check: TcpCheck,
  { config, observation }: { config: TcpProbe; observation: TcpObservation },
): Found {
  const { open, steps, phases } = observation
  if (check.on === 'time') return totalTime(phases)
  if (check.on === 'open') return { observed: open === true ? 'connected' : 'not connected', value: open }
  const broken = steps.find(({ done }) => !done)
  if (broken !== undefined) {
    const came = broken.seen === null ? 'nothing came' : `came “${broken.seen}”`
    // What is cut may hold further on what was waited for.
    const more = broken.done === null ? ' and more than is read' : ''
    return { observed: `${broken.step}: ${came}${more}`, value: broken.done }
  }
  const whole = steps.length > 0 && steps.length === config.script.length
  const last = steps.findLast(({ seen }) => seen !== null)?.seen
  return {
    observed: `${steps.length} of ${counted({ count: config.script.length, one: 'step' })}${last == null ? '' : `, “${last}”`}`,
    value: whole ? true : null,
  }
}
