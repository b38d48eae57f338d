import { counted } from '#lib/shared/words.ts'
import { canonicalDecimal, compareDecimals, share } from '../decimals.ts'
import { type Found, implied, judgeCheck, type ProbeJudge, totalTime } from '../judged.ts'
import type { RedisCheck, RedisProbe } from '../kinds/redis.ts'
import type { RedisObservation } from '../observations/redis.ts'
import { inUnit, type Quantity } from '../quantities.ts'

type Stats = NonNullable<RedisObservation['stats']>

/** A server that is loading, or lost its master, tells its figures all the same: that it answers goes without saying. */
export const redisJudge: ProbeJudge<RedisProbe, RedisObservation> = {
  asksTarget: true,
  conditions(config, observation) {
    const saysPing = config.conditions.some(({ on, level }) => on === 'ping' && level === 'expect')
    const unsaid = implied({ text: 'ping', wanted: 'ping', ...pinged(observation) })
    const judged = config.conditions.map((check) =>
      judgeCheck(check, foundOf(check, { config, observation })),
    )
    return saysPing ? judged : [unsaid, ...judged]
  },
}

type Seen = { config: RedisProbe; observation: RedisObservation }

function foundOf(check: RedisCheck, { config, observation }: Seen): Found {
  const { stats, sample, phases } = observation
  if (check.on === 'time') return totalTime(phases)
  if (check.on === 'ping') return pinged(observation)
  if (check.on === 'keys-expiring' || check.on === 'longest-ttl') return ofSample(check.on, sample)
  if (stats === null) return { observed: 'INFO not allowed', quantity: null }
  return ofStats(check, { stats, config })
}

function pinged({ ping }: RedisObservation): { observed: string; value: boolean | null } {
  if (ping === null) return { observed: 'no answer to PING', value: null }
  return { observed: ping, value: ping === 'PONG' }
}

function ofStats(
  check: Exclude<RedisCheck, { on: 'time' | 'ping' | 'keys-expiring' | 'longest-ttl' }>,
  { stats, config }: { stats: Stats; config: RedisProbe },
): Found {
  switch (check.on) {
    case 'role': {
      const role = stats.role === 'slave' ? 'replica' : stats.role
      return { observed: `role ${role ?? 'not known'}`, value: role === null ? null : role === check.word }
    }
    case 'hit-rate':
      return hitRate(stats, config.minOperations)
    case 'memory-used': {
      const used = share({ part: stats.usedMemory, whole: stats.maxMemory })
      const unknown = stats.usedMemory === null ? 'memory not known' : 'no maxmemory is set'
      return used === null ? { observed: unknown, quantity: null } : ratio(used, ' of maxmemory')
    }
    case 'evicted-keys':
      return plain(stats.evictedKeys, 'evicted key')
    case 'clients':
      return plain(stats.clients, 'client')
  }
}

function hitRate({ hits, misses }: Stats, least: number): Found {
  if (hits === null || misses === null) return { observed: 'hits not known', quantity: null }
  if (!/^\d+$/.test(hits) || !/^\d+$/.test(misses)) return { observed: 'hits not known', quantity: null }
  const whole = String(BigInt(hits) + BigInt(misses))
  const rate = share({ part: hits, whole })
  // A cache that was hardly asked has no rate worth the name.
  if (rate === null || compareDecimals(whole, String(least)) < 0)
    return {
      observed: `${counted({ count: whole, one: 'look-up' })}, ${least} needed to decide`,
      quantity: null,
    }
  return ratio(rate, ` of ${counted({ count: whole, one: 'look-up' })} hit`)
}

function ofSample(on: 'keys-expiring' | 'longest-ttl', sample: RedisObservation['sample']): Found {
  if (sample === null || sample.keys === 0)
    return { observed: sample === null ? 'keys not looked at' : 'no keys', quantity: null }
  const { keys, expiring, longestSeconds } = sample
  const rate = share({ part: String(expiring), whole: String(keys) })
  if (on === 'keys-expiring')
    return rate === null
      ? { observed: 'no keys', quantity: null }
      : ratio(rate, ` of ${counted({ count: keys, one: 'key expires', many: 'keys expire' })}`)
  if (expiring < keys)
    return {
      observed: `${keys - expiring} of ${counted({ count: keys, one: 'key never expires', many: 'keys never expire' })}`,
      quantity: { value: FOR_EVER, unit: 's' },
    }
  if (longestSeconds === null) return { observed: 'time left not known', quantity: null }
  const quantity: Quantity = { value: String(longestSeconds), unit: 's' }
  return { observed: `longest ${quantity.value} s of ${counted({ count: keys, one: 'key' })}`, quantity }
}

/** Longer than any threshold can be written. */
const FOR_EVER = `1${'0'.repeat(38)}`

function ratio(value: string, of: string): Found {
  const quantity = { value, unit: 'ratio' } as const
  return { observed: `${inUnit(quantity, '%')}${of}`, quantity }
}

function plain(text: string | null, one: string): Found {
  const value = text === null ? null : canonicalDecimal(text)
  if (value === null) return { observed: `${one}s not known`, quantity: null }
  return { observed: counted({ count: value, one }), quantity: { value, unit: null } }
}
