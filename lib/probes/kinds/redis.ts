import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck, word } from '../checks.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { count } from '../options.ts'
import { readAddress } from '../read-address.ts'
import { isAddressTemplate } from '../texts.ts'

export const REDIS_FORMS = {
  ping: FLAG,
  /** Hits of all look-ups since the server's start; unknown below `min-operations`. */
  'hit-rate': number('%'),
  /** Of maxmemory; unknown where none is set. */
  'memory-used': number('%'),
  'evicted-keys': number(null),
  clients: number(null),
  role: word('master', 'replica'),
  /** Of a sample of at most 200 keys: how many expire, and the longest time that one has left. */
  'keys-expiring': number('%'),
  'longest-ttl': number('ms'),
  time: number('ms'),
} as const
export type RedisCheck = CheckOf<typeof REDIS_FORMS>

const isRedisAddress = (text: string) => isAddressTemplate(text, { schemes: ['redis', 'rediss'] })
const USUAL_OPERATIONS = 1000

export const redisProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('redis'),
    url: z.string().refine(isRedisAddress),
    minOperations: z.int().min(1),
    conditions: z.array(checkSchema(REDIS_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type RedisProbe = z.infer<typeof redisProbeSchema>

export const redisGrammar: ProbeGrammar<RedisProbe> = {
  schema: redisProbeSchema,
  subjects: Object.keys(REDIS_FORMS),
  options: ['min-operations'],
  repeatable: [],
  example: 'ping',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'redis',
    url: readAddress(scanner, {
      isAddress: isRedisAddress,
      expected: ['a redis or rediss address', '$' + '{REDIS_URL}', 'rediss://cache.example.com:6379'],
    }),
    minOperations: USUAL_OPERATIONS,
    conditions: [],
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: REDIS_FORMS }),
  option(scanner, _word, draft) {
    draft.minOperations = count(scanner, { least: 1, most: 1_000_000_000_000 })
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ minOperations }) =>
    minOperations === USUAL_OPERATIONS ? [] : [`min-operations ${minOperations}`],
  sent: ({ url }) => [url],
}
