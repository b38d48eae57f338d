import { type BaseProbe, isPulled, isSendable, type PulledProbe, type Window } from './base-probe.ts'
import { choice, quantity, text } from './condition-grammar.ts'
import { connectionOptionsOf, isOfConnection, OF_CONNECTION, readClient } from './connection-options.ts'
import { PROBE_LIMITS } from './limits.ts'
import { printLooks } from './print-looks.ts'
import { printBytes, printMs, quote } from './print-text.ts'
import { inBaseUnit } from './quantities.ts'
import { readHost } from './read-address.ts'
import { variableName } from './read-variable.ts'
import { usualRetries } from './retries.ts'
import type { Scanner } from './scanner.ts'
import { isHeaderName, isHeaderValue, isVariableName } from './texts.ts'

type SentHeader = { name: string; value: string }

const PUSHED_OPTIONS = ['shelf', 'allow', 'shadow', 'if-set'] as const
export const PULLED_OPTIONS = [
  'timeout',
  'shelf',
  'allow',
  'window',
  'retries',
  'every',
  ...OF_CONNECTION,
  'shadow',
  'if-set',
] as const
export type BaseOption = (typeof PULLED_OPTIONS)[number]

/** The clauses that a probe may have beside its conditions and those of its kind: what does not look has no deadline. */
export function baseOptionsOf(draft: BaseProbe): readonly BaseOption[] {
  if (!isPulled(draft)) return PUSHED_OPTIONS
  // Where there are parts, each says of its own connections.
  if ('parts' in draft) return PULLED_OPTIONS.filter((option) => !isOfConnection(option))
  return PULLED_OPTIONS.filter(
    (option) => !isOfConnection(option) || connectionOptionsOf(draft).includes(option),
  )
}

export function baseOption(scanner: Scanner, word: BaseOption, draft: BaseProbe): void {
  if (word === 'shelf')
    draft.shelfSeconds = seconds(scanner, { ...PROBE_LIMITS.shelfSeconds, example: '15m' })
  else if (word === 'shadow') draft.shadow = true
  else if (word === 'if-set') draft.ifSet = variableNames(scanner)
  else if (word === 'allow') {
    choice(scanner, ['warn'] as const, 'what to allow')
    draft.allowWarn = true
  } else if (isPulled(draft)) lookOption(scanner, word, draft)
}

function lookOption(
  scanner: Scanner,
  word: Exclude<BaseOption, (typeof PUSHED_OPTIONS)[number]>,
  draft: PulledProbe,
): void {
  if (word === 'timeout')
    draft.timeoutMs = bounded(scanner, { dimension: 'time', ...PROBE_LIMITS.timeoutMs, example: '5s' })
  else if (word === 'window') draft.window = lookWindow(scanner)
  else if (word === 'retries') draft.retries = count(scanner, { least: 0, most: PROBE_LIMITS.retries.most })
  else if (word === 'ca') draft.authorities = variableName(scanner, { word, example: 'CORP_CA' })
  else if (word === 'client-cert') draft.client = readClient(scanner)
  else if (word === 'sni') draft.sni = readHost(scanner)
  else draft.everySeconds = seconds(scanner, { ...PROBE_LIMITS.everySeconds, example: '5m' })
}

/** A clause that says what is usual anyway is the same as none. */
export function withoutUsual(draft: BaseProbe): void {
  if (isPulled(draft) && draft.retries === usualRetries(draft)) delete draft.retries
}

export function printBaseOptions(probe: BaseProbe): string[] {
  const { shelfSeconds, allowWarn, shadow, ifSet } = probe
  const looks = isPulled(probe) ? printLooks(probe) : { before: [], after: [] }
  return [
    ...looks.before,
    ...(shelfSeconds === null ? [] : [`shelf ${printMs(shelfSeconds * 1000)}`]),
    ...looks.after,
    ...(allowWarn ? ['allow warn'] : []),
    ...(shadow === undefined ? [] : ['shadow']),
    ...(ifSet === undefined ? [] : [['if-set', ...ifSet].join(' ')]),
  ]
}

/** Names of variables up to the next comma or clause; none are those that the probe uses anyway. */
function variableNames(scanner: Scanner): string[] {
  const names = new Set<string>()
  while (isVariableName(scanner.peekWord())) {
    const offset = scanner.offset
    names.add(scanner.word())
    if (names.size > PROBE_LIMITS.ifSet)
      scanner.fail({ offset, message: `at most ${PROBE_LIMITS.ifSet} variables`, expected: [] })
  }
  return [...names]
}

/** `N of M every 10s [failures F] [inconclusive I]` */
function lookWindow(scanner: Scanner): Window {
  scanner.skipBlanks()
  const offset = scanner.offset
  const { everySeconds, samples: most, wholeSeconds } = PROBE_LIMITS.window
  const need = count(scanner, { least: 1, most })
  choice(scanner, ['of'] as const, 'how many looks')
  const samples = count(scanner, { least: 2, most })
  choice(scanner, ['every'] as const, 'how often')
  const every = seconds(scanner, { ...everySeconds, example: '10s' })
  if (need > samples)
    scanner.fail({
      offset,
      message: 'more passes are needed than looks are taken',
      expected: [`${samples} of ${need}`],
    })
  if ((samples - 1) * every > wholeSeconds)
    scanner.fail({
      offset,
      message: `a window lasts at most ${wholeSeconds / 60} minutes`,
      expected: ['3 of 5 every 10s'],
    })
  const window = { need, samples, everySeconds: every, maxFailures: 0, maxInconclusive: samples - need }
  if (scanner.peekWord() === 'failures') {
    scanner.word()
    window.maxFailures = count(scanner, { least: 0, most })
  }
  if (scanner.peekWord() === 'inconclusive') {
    scanner.word()
    window.maxInconclusive = count(scanner, { least: 0, most })
  }
  return window
}

export function count(scanner: Scanner, { least, most }: { least: number; most: number }): number {
  scanner.skipBlanks()
  const offset = scanner.offset
  const word = scanner.word()
  const value = Number(word)
  if (!/^\d{1,15}$/.test(word) || value < least || value > most)
    scanner.fail({
      offset,
      message: `this must be a whole number from ${least} to ${most}`,
      expected: [String(least)],
    })
  return value
}

function seconds(
  scanner: Scanner,
  { least, most, example }: { least: number; most: number; example: string },
): number {
  return (
    bounded(scanner, { dimension: 'time', least: least * 1000, most: most * 1000, step: 1000, example }) /
    1000
  )
}

/** A whole number of milliseconds or bytes within limits, written with its unit. */
export function bounded(
  scanner: Scanner,
  {
    dimension,
    least,
    most,
    step = 1,
    example,
  }: { dimension: 'time' | 'bytes'; least: number; most: number; step?: number; example: string },
): number {
  scanner.skipBlanks()
  const offset = scanner.offset
  const { value, unit } = quantity(scanner)
  const right = unit !== null && (unit === 'B' || /^[kKMG]i?B$/.test(unit) ? 'bytes' : 'time') === dimension
  const number = Number(inBaseUnit({ value, unit }))
  if (!right || !Number.isSafeInteger(number / step) || number < least || number > most) {
    const print = dimension === 'time' ? printMs : printBytes
    scanner.fail({
      offset,
      message: right
        ? `this must be from ${print(least)} to ${print(most)}, in whole ${dimension === 'bytes' ? 'bytes' : step === 1 ? 'milliseconds' : 'seconds'}`
        : `this needs a unit of ${dimension}`,
      expected: [example],
      fix: `write ${example}`,
    })
  }
  return number
}

export function readLimit(scanner: Scanner): number {
  return bounded(scanner, { dimension: 'bytes', ...PROBE_LIMITS.maxBytes, example: '1MiB' })
}

export function printLimit(maxBytes: number, usual: number): string[] {
  return maxBytes === usual ? [] : [`limit ${printBytes(maxBytes)}`]
}

/** `send NAME: VALUE`; appended to `headers`. */
export function readSentHeader(scanner: Scanner, headers: SentHeader[]): void {
  scanner.skipBlanks()
  const offset = scanner.offset
  const name = scanner.word().replace(/:$/, '').toLowerCase()
  const colon = scanner.text.charAt(scanner.offset - 1) === ':' || scanner.take(':')
  if (!isHeaderName(name) || !colon)
    scanner.fail({ offset, message: 'a header is sent as NAME: VALUE', expected: ['accept-encoding: gzip'] })
  if (!isSendable(name)) scanner.fail({ offset, message: `${name} is set by the probe itself`, expected: [] })
  if (headers.some((header) => header.name === name))
    scanner.fail({ offset, message: `${name} is sent twice`, expected: [] })
  if (headers.length >= PROBE_LIMITS.headers)
    scanner.fail({ offset, message: `a probe sends at most ${PROBE_LIMITS.headers} headers`, expected: [] })
  scanner.skipBlanks()
  const at = scanner.offset
  const value = text(scanner)
  if (!isHeaderValue(value))
    scanner.fail({
      offset: at,
      message: 'a header value is printable ASCII without blanks at its ends',
      expected: [],
    })
  headers.push({ name, value })
}

/** The service that is asked for in place of the address's own, where one is. */
export function printHost(host: string | undefined): string[] {
  return host === undefined ? [] : [`host ${host}`]
}

export function printSentHeaders(headers: readonly SentHeader[]): string[] {
  return headers.map(({ name, value }) => `send ${name}: ${quote(value)}`)
}
