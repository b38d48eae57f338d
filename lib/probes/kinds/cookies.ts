import type { z } from 'zod'
import { addressGrammar, addressSchema } from '../address-kind.ts'
import { type CheckOf, number, which, word } from '../checks.ts'

/** `same-site`: Strict or Lax; `prefixed`: its name begins with __Host- or __Secure-; `session`: it says no end. */
export const COOKIE_TRAITS = [
  'secure',
  'http-only',
  'same-site',
  'strict',
  'lax',
  'host-only',
  'prefixed',
  'session',
] as const

export const COOKIES_FORMS = {
  all: word(...COOKIE_TRAITS),
  cookie: which(...COOKIE_TRAITS, 'present', 'absent'),
  count: number(null),
} as const
export type CookiesCheck = CheckOf<typeof COOKIES_FORMS>

export const cookiesProbeSchema = addressSchema('cookies', COOKIES_FORMS)
export type CookiesProbe = z.infer<typeof cookiesProbeSchema>

export const cookiesGrammar = addressGrammar({
  kind: 'cookies',
  forms: COOKIES_FORMS,
  schema: cookiesProbeSchema,
  example: 'all secure, all http-only',
})
