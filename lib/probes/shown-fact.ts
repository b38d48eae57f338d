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
export type Shown = { facts: ShownFact[]; blocks: ShownBlock[] }

export function sizeText({
  bytes,
  encoding,
  wireBytes,
}: {
  bytes: number
  encoding: string | null
  wireBytes: number
}): string {
  return `${bytes} bytes${encoding ? `, ${encoding}, ${wireBytes} on the wire` : ''}`
}

export function tlsText({ version, trusted, distrust, certificate }: ObservedTls): string {
  const trust = trusted ? 'trusted' : `not trusted: ${distrust ?? ''}`
  return `${version}, ${trust}${certificate ? `, ${certificate.daysLeft} days left` : ''}`
}
