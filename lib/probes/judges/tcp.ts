import { counted } from '#lib/shared/words.ts'
import { type Found, implied, judgeCheck, type ProbeJudge, totalTime } from '../judged.ts'
import type { TcpCheck, TcpProbe } from '../kinds/tcp.ts'
import type { TcpObservation } from '../observations/tcp.ts'

/** Whoever writes a script expects it to be played; without one the connection is what is looked at. */
export const tcpJudge: ProbeJudge<TcpProbe, TcpObservation> = {
  asksTarget: true,
  conditions(config, observation) {
    const usual = config.script.length > 0 ? 'script' : 'open'
    const isSaid = config.conditions.some(({ on, level }) => on === usual && level === 'expect')
    const found = usual === 'script' ? played(config, observation) : opened(observation)
    const unsaid = implied({ text: usual, wanted: usual, ...found })
    const judged = config.conditions.map((check) =>
      judgeCheck(check, foundOf(check, { config, observation })),
    )
    return isSaid ? judged : [unsaid, ...judged]
  },
}

type Said = { observed: string; value: boolean | null }

function foundOf(
  check: TcpCheck,
  { config, observation }: { config: TcpProbe; observation: TcpObservation },
): Found {
  if (check.on === 'time') return totalTime(observation.phases)
  return check.on === 'open' ? opened(observation) : played(config, observation)
}

function opened({ open }: TcpObservation): Said {
  return { observed: open === true ? 'connected' : 'not connected', value: open }
}

function played(config: TcpProbe, { steps }: TcpObservation): Said {
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
