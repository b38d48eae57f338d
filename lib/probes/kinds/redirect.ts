import type { z } from 'zod'
import { addressGrammar, addressSchema } from '../address-kind.ts'
import { type CheckOf, FLAG, number } from '../checks.ts'

export const REDIRECT_FORMS = {
  /** The first hop leads to https, to the same host, with 301 or 308, to the same path and query. */
  https: FLAG,
  'same-host': FLAG,
  permanent: FLAG,
  'same-path': FLAG,
  /** Where it leads, the answer carries Strict-Transport-Security; and what it says. */
  hsts: FLAG,
  'max-age': number('ms'),
  'include-subdomains': FLAG,
  preload: FLAG,
} as const
export type RedirectCheck = CheckOf<typeof REDIRECT_FORMS>

/** Without TLS; of an https address without a port the same at port 80. */
export const redirectProbeSchema = addressSchema('redirect', REDIRECT_FORMS)
export type RedirectProbe = z.infer<typeof redirectProbeSchema>

export const redirectGrammar = addressGrammar({
  kind: 'redirect',
  forms: REDIRECT_FORMS,
  schema: redirectProbeSchema,
  example: 'https, same-host, permanent',
})
