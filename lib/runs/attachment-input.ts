import { z } from 'zod'
import { LIMITS, utf8Bytes } from '#lib/shared/limits.ts'
import { itemAddress, optionalText, requiredText } from './item-input.ts'

const LONGEST_NAME = 200

/** What turns reading around (Unicode bidirectional controls): `exe.txt` may be shown for a name that ends otherwise. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** The name of a file as it is shown and downloaded: the last part of its path, without what no name needs. */
export function fileName(written: string): string {
  const last = written.split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .replace(TURNING, '')
    .trim()
    .replace(/^\.+/, '')
  return [...clean].slice(0, LONGEST_NAME).join('') || 'file'
}

/** A link that anybody who reads the record may follow: http or https, without a password in it. */
export function linkAddress(written: string): string | null {
  if (!URL.canParse(written)) return null
  const url = new URL(written)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return isWeb && url.username === '' && url.password === '' ? url.href : null
}

const base = itemAddress.omit({ version: true }).extend({
  note: optionalText,
  /** An attachment that this one stands for from now on. */
  replaces: z.uuid().nullable().default(null),
})

export const attachInput = z.discriminatedUnion('kind', [
  base.extend({ kind: z.literal('file'), fileId: z.uuid(), name: z.string().transform(fileName) }),
  base.extend({
    kind: z.literal('link'),
    url: z
      .string()
      .trim()
      .refine((url) => utf8Bytes(url) <= LIMITS.noteBytes, 'This address is too long.')
      .transform((url, context) => {
        const address = linkAddress(url)
        if (address !== null) return address
        context.addIssue('Give an address that begins with https:// or http://, without a password in it.')
        return z.NEVER
      }),
  }),
])

export const withdrawInput = itemAddress.omit({ version: true }).extend({
  attachmentId: z.uuid(),
  reason: requiredText('Say why it is taken away.'),
})
