import { createTransport, type Transporter } from 'nodemailer'
import { env } from './env.ts'

/** A plain text letter to one address. */
export type Letter = {
  to: string
  subject: string
  text: string
  /** The same for every try, so that a receiver who got it twice sees it once. Without angle brackets. */
  messageId: string
}

/** What the other side said, in words. `again`: a later try may do better. */
export type MailAnswer = { taken: true; words: string } | { taken: false; again: boolean; words: string }

const PATIENCE_MS = 20_000
const WORDS_MOST = 300

const place = globalThis as { countersignMail?: Transporter | null }

/** Whether the operator has named a mail server. */
export function isMailReady(): boolean {
  return env().SMTP_URL !== undefined
}

const isLoopback = (host: string): boolean => /^(?:localhost|127\.|\[?::1\]?$)/.test(host)

/**
 * The operator's own server, not a target of a team: it is named in the environment and reached directly. A password is
 * only sent inside TLS, except to this machine itself.
 */
function transport(): Transporter | null {
  const address = env().SMTP_URL
  if (address === undefined) return null
  if (place.countersignMail) return place.countersignMail
  const { protocol, hostname, port, username, password } = new URL(address)
  const secure = protocol === 'smtps:'
  place.countersignMail = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && username !== '' && !isLoopback(hostname),
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    // A letter is made of what people typed: nothing in it may name a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return place.countersignMail
}

/** Hands one letter to the operator's mail server. Never throws for what the server or the network does. */
export async function sendMail({ to, subject, text, messageId }: Letter): Promise<MailAnswer> {
  const server = transport()
  const from = env().MAIL_FROM
  if (!server || from === undefined)
    return { taken: false, again: false, words: 'no mail server is configured' }
  try {
    const sent = await server.sendMail({
      from,
      to: { name: '', address: to },
      subject,
      text,
      messageId: `<${messageId}>`,
      // RFC 3834: no out-of-office notes in answer.
      headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
    })
    return { taken: true, words: `the mail server took it: ${cut(String(sent.response))}` }
  } catch (error) {
    return refusal(error)
  }
}

type SmtpError = { code?: unknown; responseCode?: unknown; response?: unknown; message?: unknown }

function refusal(error: unknown): MailAnswer {
  const { code, responseCode, response, message }: SmtpError = error instanceof Error ? error : {}
  const status = typeof responseCode === 'number' ? responseCode : null
  const said = cut(typeof response === 'string' ? response : String(message ?? error))
  if (code === 'EAUTH')
    return { taken: false, again: true, words: `the mail server refused our password: ${said}` }
  if (status !== null && status >= 500)
    return { taken: false, again: false, words: `the mail server refused the address: ${said}` }
  if (status !== null) return { taken: false, again: true, words: `the mail server asks to wait: ${said}` }
  return { taken: false, again: true, words: `the mail server cannot be reached: ${said}` }
}

/** Forgets the connection's settings, when the environment has changed under a test. */
export function forgetMail(): void {
  place.countersignMail?.close()
  place.countersignMail = null
}

function cut(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim()
  return line.length > WORDS_MOST ? `${line.slice(0, WORDS_MOST - 1)}…` : line
}
