import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, usualBase } from '../base-probe.ts'
import {
  type CheckOf,
  checkSchema,
  FLAG,
  number,
  PAIR,
  printCheck,
  readCheck,
  TEXT,
  word,
} from '../checks.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { readAddress } from '../read-address.ts'
import { isAddressTemplate } from '../texts.ts'

export const POSTGRES_FORMS = {
  /** `SELECT 1` answers 1. */
  select: FLAG,
  /** Of max_connections. */
  'connections-used': number('%'),
  'longest-query': number('ms'),
  'longest-lock-wait': number('ms'),
  'longest-idle-transaction': number('ms'),
  'replication-lag': number('ms'),
  /** Blocks found in PostgreSQL's own cache, since the statistics began. */
  'cache-hit-rate': number('%'),
  /** Rows fetched through an index, of all rows read in tables above 10,000 rows. */
  'index-use': number('%'),
  version: number(null),
  role: word('primary', 'replica'),
  encrypted: FLAG,
  setting: PAIR,
  extension: TEXT,
  /** The migration of this name or number is in the table that a known tool keeps of what it applied. */
  migrated: TEXT,
  time: number('ms'),
} as const
export type PostgresCheck = CheckOf<typeof POSTGRES_FORMS>

const isPostgresAddress = (text: string) => isAddressTemplate(text, { schemes: ['postgresql', 'postgres'] })

export const postgresProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('postgres'),
    url: z.string().refine(isPostgresAddress),
    conditions: z.array(checkSchema(POSTGRES_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type PostgresProbe = z.infer<typeof postgresProbeSchema>

export const postgresGrammar: ProbeGrammar<PostgresProbe> = {
  schema: postgresProbeSchema,
  subjects: Object.keys(POSTGRES_FORMS),
  options: [],
  repeatable: [],
  example: 'select',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'postgres',
    url: readAddress(scanner, {
      isAddress: isPostgresAddress,
      expected: ['a postgres address', '$' + '{DATABASE_URL_PROBE}', 'postgresql://db.example.com:5432/app'],
    }),
    conditions: [],
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: POSTGRES_FORMS }),
  option: () => undefined,
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: () => [],
  sent: ({ url }) => [url],
}
