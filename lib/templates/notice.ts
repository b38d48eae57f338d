import { nearestWord } from '#lib/probes/scanner.ts'
import { expandVariables, variablesIn } from '#lib/probes/texts.ts'
import { type Parsed, problem } from './setting-words.ts'
import { ROLE_MAX_LENGTH } from './settings.ts'

/** To whom a notice goes, as the checklist writes it: an address or `${VARIABLE}`, or the name of a sign-off role. */
export type NoticeTarget = { channel: NoticeChannel; to: string }

/** What `<!-- notice: … -->` says: the receivers, how many of them have to acknowledge, and the words to begin with. */
export type NoticeConfig = { to: NoticeTarget[]; need: 'one' | 'all'; text?: string }

export const NOTICE_CHANNELS = ['mail', 'webhook', 'role'] as const
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number]
export const NOTICE_NEEDS = ['one', 'all'] as const

const MOST_TARGETS = 10
const TO_MAX_LENGTH = 500
export const NOTICE_TEXT_MAX_LENGTH = 1_000

/**
 * An address that a mail may go to (RFC 5321, 4.1.2, without quoted local parts and address literals): narrow on purpose,
 * because nothing that passes can end a header's line or begin another recipient.
 */
export function isMailAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(
      text,
    ) &&
    !/^\.|\.\.|\.@/.test(text)
  )
}

/** The variables that a notice needs from its environment, each once. */
export function noticeVariables({ to }: NoticeConfig): string[] {
  return [...new Set(to.flatMap((target) => (target.channel === 'role' ? [] : variablesIn(target.to))))]
}

/** A target as the grammar writes it. */
export function printTarget({ channel, to }: NoticeTarget): string {
  return `${channel} ${/[\s,"]/.test(to) ? `"${to}"` : to}`
}

export function printNotice({ to, need, text }: NoticeConfig): string {
  const parts = to.map(printTarget)
  if (need === 'all') parts.push('need all')
  if (text !== undefined) parts.push(`text "${text}"`)
  return parts.join(', ')
}

type Part = { word: string; value: string; offset: number; valueOffset: number }

/** Reads the body of a `notice:` annotation, such as `mail ${ONCALL_MAIL}, role DevOps, need all, text "Going live"`. */
export function parseNotice(body: string): Parsed<NoticeConfig> {
  const parts = splitParts(body)
  if (!parts.ok) return parts
  const to: NoticeTarget[] = []
  const once: { need?: NoticeConfig['need']; text?: string } = {}
  for (const part of parts.value) {
    const wrong = readPart(part, to, once)
    if (wrong !== null) return problem(wrong)
  }
  if (to.length === 0)
    return problem(at(firstOffset(body), 'says nobody to notify', `write ${EXAMPLES.mail}`))
  if (to.length > MOST_TARGETS)
    return problem(at(firstOffset(body), `a notice has at most ${MOST_TARGETS} receivers`, null))
  const { need = 'one', text } = once
  return { ok: true, value: { to, need, ...(text === undefined ? {} : { text }) } }
}

function readPart(
  { word, value, offset, valueOffset }: Part,
  to: NoticeTarget[],
  once: { need?: NoticeConfig['need']; text?: string },
): ReturnType<typeof at> | null {
  const channel = NOTICE_CHANNELS.find((known) => known === word)
  if (channel !== undefined) {
    const wrong = wrongTarget({ channel, to: value })
    if (wrong !== null) return at(valueOffset, wrong.message, wrong.fix)
    if (to.some((known) => known.channel === channel && known.to === value))
      return at(valueOffset, `"${value}" is named twice`, 'keep one of them')
    to.push({ channel, to: value })
    return null
  }
  if (word === 'need') {
    const need = value === '1' ? 'one' : NOTICE_NEEDS.find((known) => known === value)
    if (need === undefined) return at(valueOffset, 'expected need one or need all', 'write need all')
    if (once.need !== undefined) return at(offset, '"need" is set twice', 'keep one of them')
    once.need = need
    return null
  }
  if (word === 'text') {
    if (value === '' || value.length > NOTICE_TEXT_MAX_LENGTH)
      return at(valueOffset, `expected 1 to ${NOTICE_TEXT_MAX_LENGTH} characters of text`, null)
    if (once.text !== undefined) return at(offset, '"text" is set twice', 'keep one of them')
    once.text = value
    return null
  }
  const meant = /^e-?mail$/i.test(word)
    ? 'mail'
    : nearestWord(word, ['mail', 'webhook', 'role', 'need', 'text'])
  return at(offset, 'expected mail, webhook, role, need or text', meant === null ? null : `write ${meant}`)
}

function wrongTarget({ channel, to }: NoticeTarget): { message: string; fix: string | null } | null {
  if (to === '' || to.length > TO_MAX_LENGTH)
    return { message: `"${channel}" needs a receiver`, fix: `write ${EXAMPLES[channel]}` }
  if (channel === 'role')
    return to.length <= ROLE_MAX_LENGTH
      ? null
      : { message: `a role has at most ${ROLE_MAX_LENGTH} characters`, fix: null }
  // A variable stands for whatever the environment gives it: what is wrong with that is said when it is known.
  const names = Object.fromEntries(variablesIn(to).map((name) => [name, 'a']))
  const { text } = expandVariables(to, names)
  if (text.includes('${')) return { message: `expected a variable such as $\{ONCALL_MAIL}`, fix: null }
  if (channel === 'mail')
    return to.startsWith('${') || isMailAddress(text)
      ? null
      : { message: `"${to}" is no mail address`, fix: `write ${EXAMPLES.mail}` }
  return to.startsWith('${') || isWebhookAddress(text)
    ? null
    : { message: `"${to}" is no http or https address`, fix: `write ${EXAMPLES.webhook}` }
}

const EXAMPLES: Record<NoticeChannel, string> = {
  mail: `mail $\{ONCALL_MAIL}`,
  webhook: `webhook $\{ONCALL_WEBHOOK}`,
  role: 'role DevOps',
}

/** An address that a webhook may be posted to: http or https, without user name and password. */
export function isWebhookAddress(text: string): boolean {
  if (!/^https?:\/\/(?![/\\])[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false
  const { username, password, hostname } = new URL(text)
  return username === '' && password === '' && hostname !== ''
}

/**
 * Parts between commas, each a word and one value, which is put in double quotes where it holds blanks or commas. A cursor
 * that only moves forward: every character is looked at a bounded number of times.
 */
function splitParts(body: string): Parsed<Part[]> {
  const parts: Part[] = []
  const word = /\s*([^\s,"]*)\s*/y
  const value = /(?:"([^"]*)"|([^\s,"]*))\s*/y
  let offset = 0
  for (;;) {
    word.lastIndex = offset
    const name = word.exec(body)?.[1] ?? ''
    const start = offset + (body.slice(offset, word.lastIndex).match(/^\s*/)?.[0].length ?? 0)
    const valueOffset = word.lastIndex
    value.lastIndex = valueOffset
    const found = value.exec(body)
    const end = value.lastIndex
    if (found === null || (end < body.length && body.charAt(end) !== ',')) {
      const at0 = found === null ? valueOffset : end
      return body.charAt(at0) === '"'
        ? problem(at(at0, 'a double quote is not closed', 'close it with "'))
        : problem(at(at0, 'expected a comma between two receivers', null))
    }
    parts.push({
      word: name.toLowerCase(),
      value: (found[1] ?? found[2] ?? '').trim(),
      offset: start,
      valueOffset,
    })
    if (end >= body.length) return { ok: true, value: parts }
    offset = end + 1
  }
}

const firstOffset = (body: string): number => body.search(/\S|$/)

function at(offset: number, message: string, fix: string | null) {
  return { offset, message, fix }
}
