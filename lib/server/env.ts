import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { type AllowEntry, parseAllowEntry } from '#lib/shared/allow-entry.ts'

const number = (min: number, max: number) =>
  z.coerce
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)

const whole = (min: number, max: number, fallback: number) => number(min, max).default(fallback)

// An origin without a path: links and the Origin check are built by appending to it.
const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
  .transform((text) => new URL(text).origin)

/** Where checklists are fetched from, unless the instance says otherwise: what two public forges hand out to anybody. */
const IMPORT_HOSTS = 'github.com:443, raw.githubusercontent.com:443, gitlab.com:443'

/** Entries of an allow-list between commas; `none` allows nothing. */
const hosts = z.string().transform((text, context) => {
  if (text.trim().toLowerCase() === 'none') return []
  return text.split(',').flatMap((part): AllowEntry[] => {
    const entry = parseAllowEntry(part)
    if (entry.ok && entry.value.kinds === null) return [entry.value]
    if (entry.ok) {
      context.addIssue({ code: 'custom', message: `holds “${part.trim()}”: kinds are for probes only` })
      return []
    }
    context.addIssue({ code: 'custom', message: `holds “${part.trim()}”: ${entry.refusal.message}` })
    return []
  })
})

/** `alerts@example.com`, or with a name before it in angle brackets. */
const sender = z.string().regex(/^(?:[^<>"\r\n]{1,100} <[^<>\s"@]+@[^<>\s"@]+>|[^<>\s"@]+@[^<>\s"@]+)$/, {
  error: 'must be an address, or a name followed by an address in angle brackets',
})

const schema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
    DATABASE_POOL: whole(2, 200, 20),
    PORT: whole(1, 65_535, 3000),
    HOST: z.string().min(1, 'must name an interface').optional(),
    TRUSTED_HOPS: whole(0, 10, 0),
    PUBLIC_URL: origin.optional(),
    DATA_DIR: z
      .string()
      .min(1, 'must name a folder')
      .default('.data')
      .transform((folder) => path.resolve(folder)),
    NEXTAUTH_SECRET: z.string().min(32, 'must have 32 characters or more'),
    COUNTERSIGN_ROOT_KEY: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'must be 32 bytes written as 64 hexadecimal digits')
      .optional(),
    COUNTERSIGN_OLD_ROOT_KEY: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'must be 32 bytes written as 64 hexadecimal digits')
      .optional(),
    COUNTERSIGN_SETUP_CODE: z.string().min(8, 'must have 8 characters or more').optional(),
    WORKER_METRICS_PORT: number(1, 65_535).optional(),
    IMPORT_HOSTS: hosts.prefault(IMPORT_HOSTS),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' }).optional(),
    MAIL_FROM: sender.optional(),
    METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
    IDLE_SECONDS: whole(3, 900, 900),
    IDLE_WARN_SECONDS: whole(1, 600, 120),
    INSTANCE_ID: z
      .string()
      .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots or dashes')
      .optional(),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'must be one of fatal, error, warn, info, debug, trace, silent',
      })
      .default('info'),
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  })
  .refine((read) => (read.SMTP_URL === undefined) === (read.MAIL_FROM === undefined), {
    path: ['MAIL_FROM'],
    error: 'and SMTP_URL belong together: set both, or neither to send no mail',
  })
  .refine((read) => read.IDLE_WARN_SECONDS < read.IDLE_SECONDS, {
    path: ['IDLE_SECONDS'],
    error: 'must be more than IDLE_WARN_SECONDS, which is 120 unless it is set',
  })
  .transform((read) => ({
    ...read,
    PUBLIC_URL: read.PUBLIC_URL ?? `http://localhost:${read.PORT}`,
    INSTANCE_ID: read.INSTANCE_ID ?? `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`,
  }))

export type Env = z.infer<typeof schema>

/** Reads an environment; throws one Error with a clause for each bad variable. An empty variable counts as absent. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== '')
  const parsed = schema.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const clauses = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.')
    const missing = variables[name] === undefined || variables[name].trim() === ''
    return missing ? `${name} is not set` : `${name} ${issue.message}`
  })
  throw new Error(`The environment is not usable: ${clauses.join('; ')}.`)
}

// Bundles of one process (pages, routes, instrumentation) must agree on the instance id.
const place = globalThis as { countersignEnv?: Env }

/** The process environment, validated at first use: `next build` loads modules without a database. */
export function env(): Env {
  place.countersignEnv ??= readEnv(process.env)
  return place.countersignEnv
}
