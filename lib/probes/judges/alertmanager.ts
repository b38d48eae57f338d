import { counted } from '#lib/shared/words.ts'
import { canonicalDecimal, compareDecimals } from '../decimals.ts'
import { expectsOnlyTime, type Found, implied, judgeCheck, type ProbeJudge, totalTime } from '../judged.ts'
import type { AlertmanagerCheck, AlertmanagerProbe } from '../kinds/alertmanager.ts'
import type { AlertmanagerObservation } from '../observations/alertmanager.ts'

/** Prometheus sends what fires again at least every few minutes; what is older was never heard of again. */
const HEARD_SECONDS = '600'

/** It only forwards: its refusal says nothing about what it would have been told. */
export const alertmanagerJudge: ProbeJudge<AlertmanagerProbe, AlertmanagerObservation> = {
  asksTarget: false,
  conditions({ conditions }, observation) {
    const { status } = observation
    const judged = conditions.map((check) => judgeCheck(check, foundOf(check, observation)))
    if (!expectsOnlyTime(conditions)) return judged
    const is = status === null ? nothing : loaded(status)
    return [implied({ text: 'loaded', wanted: 'loaded', ...is }), ...judged]
  },
}

function foundOf(check: AlertmanagerCheck, observation: AlertmanagerObservation): Found {
  const { status, receivers, silences, phases } = observation
  switch (check.on) {
    case 'time':
      return totalTime(phases)
    case 'loaded':
      return status === null ? nothing : loaded(status)
    case 'cluster-ready':
      return status === null ? nothing : cluster(status)
    case 'peers':
      return status === null ? nothing : plain(status.peers, 'peer')
    case 'receiver': {
      if (receivers === null) return nothing
      const found = receivers.includes(check.text)
      return {
        observed: found ? `receiver ${check.text}` : `receivers ${receivers.slice(0, 10).join(', ')}`,
        value: found,
      }
    }
    case 'silences':
      return silences === null ? nothing : plain(silences, 'active silence')
    case 'active':
      return active(check.name, observation)
  }
}

type Said = { observed: string; value: boolean | null }

const nothing: Said = { observed: 'not seen', value: null }

function plain(count: number, one: string, more = ''): Found {
  return { observed: `${counted({ count, one })}${more}`, quantity: { value: String(count), unit: null } }
}

function loaded({ configured, reloaded, version }: NonNullable<AlertmanagerObservation['status']>): Said {
  if (!configured) return { observed: 'no configuration', value: false }
  if (reloaded === false)
    return { observed: 'its last reload failed, an older configuration is used', value: false }
  if (reloaded === null) return { observed: 'it does not say whether its last reload went well', value: null }
  return { observed: `configuration loaded, Alertmanager ${version}`, value: true }
}

function cluster({ cluster: state, peers }: NonNullable<AlertmanagerObservation['status']>): Found {
  if (state === 'disabled') return { observed: 'one instance, no cluster', value: null }
  return { observed: `cluster ${state}, ${counted({ count: peers, one: 'peer' })}`, value: state === 'ready' }
}

/** That no alert matches is only known where alerts arrive at all. */
function active(matchers: string, { alerts, watchdog }: AlertmanagerObservation): Found {
  const seen = alerts.find((one) => one.matchers === matchers)
  if (seen === undefined) return nothing
  const { total, such } = seen
  if (total > 0) return plain(total, 'active alert', `, such as ${such ?? 'one'}`)
  const age = watchdog?.age ?? null
  const heard = age === null ? null : canonicalDecimal(age)
  if (heard === null)
    return { observed: 'no alert of the watchdog, so nothing is known of others', quantity: null }
  if (compareDecimals(heard, HEARD_SECONDS) > 0)
    return { observed: `the watchdog was last heard ${heard} s ago`, quantity: null }
  return plain(0, 'active alert', `, watchdog heard ${heard} s ago`)
}
