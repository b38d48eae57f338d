import { EgressFailure } from '#lib/server/egress/failure.ts'
import { exchange, type HttpAnswer } from '#lib/server/egress/http.ts'
import type { Resolve } from '#lib/server/egress/resolve.ts'
import type { AllowEntry } from '#lib/shared/allow-entry.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { findNotUtf8, notUtf8Message } from '#lib/shared/utf8.ts'

export type FetchedSource =
  | { ok: true; source: string; finalUrl: URL }
  /** `blockedHost`: the host that the guard refused, for the log. */
  | { ok: false; message: string; blockedHost: string | null; why: string | null }

const PATIENCE_MS = 20_000
const MOST_REDIRECTS = 5
const HEADERS = [
  { name: 'accept', value: 'text/markdown, text/plain;q=0.9, */*;q=0.1' },
  { name: 'accept-encoding', value: 'gzip' },
  { name: 'user-agent', value: 'countersign' },
]

/**
 * Fetches a Markdown file over https from an allowed host: at most 1 MB of text, redirects only to allowed hosts, nothing
 * sent that could sign somebody in. Never throws for what the address or the network does.
 */
export async function fetchSource({
  url,
  allowList,
  resolve,
  signal = AbortSignal.timeout(PATIENCE_MS),
}: {
  url: URL
  allowList: readonly AllowEntry[]
  resolve?: Resolve
  signal?: AbortSignal
}): Promise<FetchedSource> {
  let at = url
  try {
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const answer = await exchange(
        { method: 'GET', url: at, headers: HEADERS, maxBytes: LIMITS.templateBytes, skipBody: isRedirect },
        { allowList, resolve, signal },
      )
      if (!isRedirect(answer.status)) return sourceOf(answer, at)
      const next = URL.parse(headerOf(answer, 'location') ?? '', at.href)
      if (next === null) return failed(`${at.host} sends on to something that is not an address.`)
      if (next.protocol !== 'https:')
        return failed(`${at.host} sends on to ${next.protocol}//, which is not followed.`)
      at = next
    }
    return failed(`More than ${MOST_REDIRECTS} redirects.`)
  } catch (error) {
    if (signal.aborted)
      return failed(`${at.host} did not answer within ${PATIENCE_MS / 1000} seconds. Try again.`)
    if (!(error instanceof EgressFailure)) throw error
    if (error.kind !== 'blocked') return failed(`${at.host}: ${error.message}.`)
    return { ok: false, message: blockedWords(at, error.reason), blockedHost: at.host, why: error.message }
  }
}

function blockedWords({ hostname, port }: URL, reason: string | null): string {
  if (reason === 'not_listed')
    return `${hostname} is not among the hosts that this Countersign fetches from. Its administrator can add “${hostname}:${port === '' ? 443 : port}” to IMPORT_HOSTS; or paste the text.`
  if (reason === 'not_covered')
    return `${hostname} resolves to an internal address. Its administrator can allow that in IMPORT_HOSTS with its network; or paste the text.`
  return `${hostname} is never fetched from. Paste the text instead.`
}

function sourceOf(answer: HttpAnswer, at: URL): FetchedSource {
  const { status, body } = answer
  if (status === 401 || status === 403 || status === 404)
    return failed(
      `${at.host} answers ${status}: there is no such file, or it is not public. Paste the text instead.`,
    )
  if (status !== 200 || body === null) return failed(`${at.host} answers ${status}.`)
  if (body.cut === 'limit')
    return failed(
      `The file is larger than ${LIMITS.templateBytes.toLocaleString('en')} bytes, the most for a template.`,
    )
  if (body.cut !== null) return failed(`${at.host} sends something that cannot be decoded.`)
  const type = (headerOf(answer, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/html' || type === 'application/xhtml+xml')
    return failed('This is a web page and not a Markdown file. Use the address behind its “Raw” button.')
  if (type !== '' && !/^text\/|^application\/(?:octet-stream|(?:x-)?markdown)$/.test(type))
    return failed(`${at.host} says that this is ${type}, which is not text.`)
  const bad = findNotUtf8(body.bytes)
  if (bad !== null) return failed(`This is not text in UTF-8: ${notUtf8Message(bad)}`)
  const source = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body.bytes)
  if (source.includes('\u0000')) return failed('This is not a text file.')
  if (source.trim() === '') return failed('The file is empty.')
  return { ok: true, source, finalUrl: at }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

function headerOf({ headers }: HttpAnswer, name: string): string | null {
  return headers.find((header) => header.name === name)?.value ?? null
}

function failed(message: string): FetchedSource {
  return { ok: false, message, blockedHost: null, why: null }
}
