import { z } from 'zod'

/**
 * An e-mail address as accounts keep it: trimmed, lower-case, ASCII only (a look-alike letter would make a second
 * person), at most 254 characters (RFC 5321).
 */
export const emailField = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'Give an e-mail address.')
  .max(254, 'An e-mail address has at most 254 characters.')
  .regex(z.regexes.email, 'This is not an e-mail address: it looks like name@example.org.')
