import { sizeWords } from '#lib/shared/size-words.ts'
import { formatUtc } from '#lib/shared/time.ts'
import { counted } from '#lib/shared/words.ts'
import type { JudgedCondition } from './judged.ts'
import type { ObservedTls } from './observations/base.ts'

/** One fact of an observation for a person who wants to know why; a digest is shown shortened, with a button to copy it. */
export type ShownFact = {
  term: string
  text: string
  is?: 'digest'
  /** A page of the web that shows it. */
  href?: string
}
/** A longer text behind a fact, closed at first. */
export type ShownBlock = { summary: string; label: string; code: string }
/** `parts`: what each part of a composite or each look of a window saw, under its own heading. */
export type Shown = { facts: ShownFact[]; blocks: ShownBlock[]; parts?: ShownPart[] }
/** `isFolded`: closed at first. `conditions`: as they were judged, where the whole does not show them. */
export type ShownPart = Shown & {
  title: string
  isFolded?: boolean
  conditions?: readonly JudgedCondition[]
}

/** A time of the log as records write it; what is no time stays as it came. */
export function readable<T extends string | null>(at: T): T | string {
  const time = Date.parse(at ?? '')
  return Number.isNaN(time) ? at : formatUtc(time)
}

/** Requests for a shell, as `curlOf` writes them. */
export function byHand(curl: string): ShownBlock {
  const several = (curl.match(/^curl /gm)?.length ?? 0) > 1
  return several
    ? { summary: 'The same requests by hand', label: 'Requests as curl commands', code: curl }
    : { summary: 'The same request by hand', label: 'Request as a curl command', code: curl }
}

/** As people say it, and as it is. */
export function exactSize(bytes: number): string {
  const [said, exact] = [sizeWords(bytes), counted({ count: bytes, one: 'byte' })]
  return said === exact ? said : `${said} (${exact})`
}

export function sizeText({
  bytes,
  encoding,
  wireBytes,
}: {
  bytes: number
  encoding: string | null
  wireBytes: number
}): string {
  return `${exactSize(bytes)}${encoding ? `, ${encoding}, ${exactSize(wireBytes)} on the wire` : ''}`
}

export function tlsText({ version, trusted, distrust, certificate }: ObservedTls): string {
  const trust = trusted ? 'trusted' : `not trusted: ${distrust ?? ''}`
  return `${version}, ${trust}${certificate ? `, ${counted({ count: certificate.daysLeft, one: 'day' })} left` : ''}`
}
