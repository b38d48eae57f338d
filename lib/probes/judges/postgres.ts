import { canonicalDecimal, compareDecimals, share } from '../decimals.ts'
import { type Found, implied, judgeCheck, type ProbeJudge, totalTime } from '../judged.ts'
import type { PostgresCheck, PostgresProbe } from '../kinds/postgres.ts'
import type { Measure, PostgresObservation } from '../observations/postgres.ts'
import { inUnit } from '../quantities.ts'

/** Which measures are shares of a whole, what they are called, and how large the whole must be to say anything. */
const SHARES: Partial<Record<Measure, { of: string; least: string }>> = {
  'connections-used': { of: 'connections', least: '1' },
  'cache-hit-rate': { of: 'blocks', least: '1000' },
  'index-use': { of: 'rows', least: '1000' },
}
const TIMES: Partial<Record<Measure, string>> = {
  'longest-query': 'longest query',
  'longest-lock-wait': 'longest wait for a lock',
  'longest-idle-transaction': 'longest idle transaction',
  'replication-lag': 'replication lag',
}

/** That it answers goes without saying: a server that lets nobody in fails every probe, whatever else is asked. */
export const postgresJudge: ProbeJudge<PostgresProbe, PostgresObservation> = {
  asksTarget: true,
  conditions({ conditions }, observation) {
    const saysSelect = conditions.some(({ on, level }) => on === 'select' && level === 'expect')
    const unsaid = implied({ text: 'select', wanted: 'select', ...answered(observation) })
    const judged = conditions.map((check) => judgeCheck(check, foundOf(check, observation)))
    return saysSelect ? judged : [unsaid, ...judged]
  },
}

function answered({ refusal, selected }: PostgresObservation): { observed: string; value: boolean | null } {
  if (refusal !== null) return { observed: `refused: ${refusal.message} (${refusal.code})`, value: false }
  return { observed: selected === true ? 'SELECT 1 answers' : 'SELECT 1 not answered', value: selected }
}

function foundOf(check: PostgresCheck, observation: PostgresObservation): Found {
  const { server, tls, settings, extensions, phases } = observation
  switch (check.on) {
    case 'time':
      return totalTime(phases)
    case 'select':
      return answered(observation)
    case 'encrypted':
      return server === null
        ? { observed: 'no session', value: null }
        : { observed: tls === null ? 'not encrypted' : `encrypted, ${tls.version}`, value: tls !== null }
    case 'role':
      return { observed: server?.role ?? 'role not known', value: server && server.role === check.word }
    case 'version':
      return {
        observed: server === null ? 'version not known' : `PostgreSQL ${server.version}`,
        quantity: server && { value: String(server.version), unit: null },
      }
    case 'setting': {
      const seen = settings.find(({ name }) => name === check.name)?.value ?? null
      return {
        observed: `${check.name}: ${seen ?? 'not known'}`,
        value: seen === null ? null : seen === check.text,
      }
    }
    case 'migrated': {
      const seen = observation.migrations?.find(({ name }) => name === check.text)
      if (seen === undefined || seen.table === null)
        return { observed: 'no table of migrations that is known', value: null }
      const { table, applied } = seen
      if (applied === null) return { observed: `${table} cannot be read`, value: null }
      return { observed: `${check.text} ${applied ? 'in' : 'not in'} ${table}`, value: applied }
    }
    case 'extension': {
      const seen = extensions.find(({ name }) => name === check.text)
      if (seen === undefined) return { observed: 'not looked for', value: null }
      return { observed: `${check.text} ${seen.version ?? 'not installed'}`, value: seen.version !== null }
    }
    default:
      return measured(check.on, observation)
  }
}

function measured(on: Measure, { measures }: PostgresObservation): Found {
  const seen = measures.find((measure) => measure.on === on)
  if (seen === undefined) return { observed: `${on} not measured`, quantity: null }
  if (seen.value === null) return { observed: `${on} not known: ${seen.why ?? 'no value'}`, quantity: null }
  const wanted = SHARES[on]
  if (wanted !== undefined) {
    const rate = share({ part: seen.value, whole: seen.whole })
    const whole = seen.whole ?? '0'
    if (rate === null || compareDecimals(whole, wanted.least) < 0)
      return { observed: `${whole} ${wanted.of}, ${wanted.least} needed to decide`, quantity: null }
    const quantity = { value: rate, unit: 'ratio' } as const
    return { observed: `${inUnit(quantity, '%')} of ${whole} ${wanted.of}`, quantity }
  }
  const value = canonicalDecimal(seen.value)
  if (value === null) return { observed: `${on} not known`, quantity: null }
  return { observed: `${TIMES[on] ?? on} ${value} ms`, quantity: { value, unit: 'ms' } }
}
