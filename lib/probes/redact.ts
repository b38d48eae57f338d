import { soundsSecret } from '#lib/shared/secret-words.ts'
import type { HeaderLine } from './observations/base.ts'
import { spellings } from './spellings.ts'

/** Longest excerpt of a body that is kept, in UTF-8 bytes. */
export const EXCERPT_BYTES = 4_096
export const MASK = '•••'
/** Shorter ones stand in other texts by chance. */
const SHORT_PART = 6
const LONG_PART = 16

const SENSITIVE_NAME =
  /auth|token|secret|passw|api[-_]?key|apikey|session|cookie|credential|signature|^sig$|^key$|^jwt$/i

/** Does a header, query parameter or variable of this name usually hold a secret? */
export function isSensitiveName(name: string): boolean {
  return SENSITIVE_NAME.test(name)
}

const SCHEME = /^(?:bearer|basic|digest|token)$/i

/**
 * What must never be stored: values of secret-sounding variables, and of secret-sounding sent headers with their parts
 * (`Bearer x`, `sid=x; theme=y`). Very short values are left out: masking "1" everywhere would destroy the evidence and
 * hide nothing.
 */
export function secretsOf({
  variables,
  headers,
}: {
  variables: Readonly<Record<string, string>>
  headers: readonly HeaderLine[]
}): string[] {
  const whole = [
    ...Object.values(variables).flatMap(urlSecrets),
    ...Object.entries(variables).flatMap(([name, value]) => (soundsSecret(name) ? [value] : [])),
    ...headers.flatMap(({ name, value }) => (isSensitiveName(name) ? [value] : [])),
  ]
  const parts = headers
    .filter(({ name }) => isSensitiveName(name))
    .flatMap(({ value }) => value.split(/[\s;,=]+/))
    .filter((part) => part.length >= 6 && !SCHEME.test(part))
  const values = [...whole.filter((value) => value.length >= 4), ...parts]
  return longestFirst(values.flatMap(spellings))
}

/** Each once, in the order of masking: one inside another must leave nothing behind. */
export function longestFirst(secrets: readonly string[]): string[] {
  return [...new Set(secrets)].sort((left, right) => right.length - left.length)
}

/** The password in an address, as written and as meant, whatever the variable is called. */
function urlSecrets(value: string): string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(value) || !URL.canParse(value)) return []
  const { password } = new URL(value)
  return password === '' ? [] : [password, decodedPart(password)]
}

/** A part of an address without its percent signs; as it is when they mean nothing. */
export function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Secrets in every spelling, with what is secret in those that are addresses. */
export function spellingsOf(values: readonly string[]): string[] {
  const passwords = values.flatMap(urlSecrets).filter((part) => part.length >= 4)
  return longestFirst([...values, ...passwords, ...values.flatMap(pathSecrets)].flatMap(spellings))
}

/** What a server may say again of an address that is secret as a whole, such as that of a webhook: a name alone, its path, long parts of it. */
function pathSecrets(value: string): string[] {
  if (!URL.canParse(value) || !value.includes('://')) return []
  const { username, password, pathname, search, searchParams } = new URL(value)
  const path = pathname.replace(/\/+$/, '')
  const whole = [`${path}${search}`, path, ...(password === '' ? [username, decodedPart(username)] : [])]
  const parts = path.split('/').filter((part) => part.length >= LONG_PART)
  return [...whole, ...searchParams.values()].filter((part) => part.length >= SHORT_PART).concat(parts)
}

/** Every text in a value of plain JSON, and every name in it, without the secrets. */
export function maskEverywhere(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return maskSecrets(value, secrets)
  if (Array.isArray(value)) return value.map((one) => maskEverywhere(one, secrets))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, one]) => [
    maskSecrets(name, secrets),
    maskEverywhere(one, secrets),
  ])
  return Object.fromEntries(entries)
}

export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, MASK), text)
}

// Each pattern has bounded repetitions from a fixed start, so a hostile body costs linear time. What stands before it is cheap to
// look for and in every text that the pattern finds something in: most bodies have nothing to mask.
const PATTERNS: readonly [RegExp, RegExp, string][] = [
  [
    /-----BEGIN /,
    /-----BEGIN [A-Z ]{1,40}-----[^-]{0,8192}(?:-----END [A-Z ]{1,40}-----)?/g,
    `[key ${MASK}]`,
  ],
  [/eyJ/, /\beyJ[\w-]{8,2048}\.[\w-]{2,4096}(?:\.[\w-]{0,2048})?/g, `[token ${MASK}]`],
  [/bearer|basic/i, /\b(Bearer|Basic)\s{1,8}[\w.~+/=-]{4,4096}/gi, `$1 ${MASK}`],
  [
    /passw|secret|token|key|authorization|session|csrf/i,
    /(["']?[\w-]{0,32}(?:passw(?:or)?d|secret|token|api[-_]?key|authorization|session(?:id)?|csrf)[\w-]{0,32}["']?\s{0,4}[:=]\s{0,4}["']?)[^\s"'&,;<>}]{1,4096}/gi,
    `$1${MASK}`,
  ],
  [/@/, /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, `[e-mail ${MASK}]`],
  [/[0-9a-fA-F]{32}/, /\b[0-9a-fA-F]{32,4096}\b/g, `[hex ${MASK}]`],
  [/[\w+/-]{40}/, /\b(?=[\w+/-]{0,128}\d)[A-Za-z0-9_+/-]{40,4096}={0,2}/g, `[token ${MASK}]`],
  [/\d/, /\b\d(?:[ -]?\d){8,40}\b/g, `[digits ${MASK}]`],
]

/** Masks known secrets and what looks like one: tokens, keys, passwords, e-mail addresses, runs of 9 or more digits. */
export function redactText(text: string, secrets: readonly string[]): string {
  return PATTERNS.reduce(
    (masked, [hint, pattern, mask]) => (hint.test(masked) ? masked.replace(pattern, mask) : masked),
    maskSecrets(text, secrets),
  )
}

/**
 * At most 4 KiB of a body, redacted before it is cut, so that half a secret at the edge cannot slip through. Control
 * characters become spaces: PostgreSQL cannot store NUL, and terminals should not obey the rest.
 */
export function excerptOf(text: string, secrets: readonly string[]): string {
  const masked = redactText(withoutHalves(text, secrets).slice(0, EXCERPT_BYTES * 2), [])
  return cutToBytes(withoutControls(masked).toWellFormed(), EXCERPT_BYTES)
}

/** The beginning of a text, masked. Where it was cut half a secret may stand, which no mask finds: so much of its end is left out. */
function withoutHalves(text: string, secrets: readonly string[]): string {
  const longest = Math.max(0, ...secrets.map(({ length }) => length))
  const read = text.slice(0, EXCERPT_BYTES * 2 + longest)
  const masked = maskSecrets(read, secrets)
  return read.length === text.length || longest === 0 ? masked : masked.slice(0, 1 - longest || undefined)
}

export function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) =>
    (character < ' ' && !'\n\t'.includes(character)) || character === '\x7f' ? ' ' : character,
  )
}

function cutToBytes(text: string, most: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(most))
  return text.slice(0, read)
}

/** A URL with secret-sounding parameters masked. */
export function maskUrl(url: string, secrets: readonly string[]): string {
  const masked = maskSecrets(url, secrets)
  return masked.replace(/([?&;#])([^=&;#]{1,128})=([^&;#]*)/g, (whole, lead: string, name: string) =>
    isSensitiveName(name) ? `${lead}${name}=${MASK}` : whole,
  )
}

/** A sent header as recorded. */
export function maskSentHeader({ name, value }: HeaderLine, secrets: readonly string[]): HeaderLine {
  return { name, value: isSensitiveName(name) ? MASK : maskSecrets(value, secrets) }
}

/** Keeps a cookie's name and attributes, which conditions look at, and never its value. */
export function maskSetCookie(value: string): string {
  return value.replace(/^\s*([^=;]{0,128})=[^;]*/, `$1=${MASK}`)
}

/** Hides passwords in the addresses of a text, such as settings shown to those who may not change them. */
export function maskUrlPasswords(text: string): string {
  return text.replace(/(:\/\/[^\s/?#:@]{0,256}):[^\s/?#]{1,1024}@/g, `$1:${MASK}@`)
}
