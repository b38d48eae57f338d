import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** A mail as it came over the wire, its body decoded from quoted-printable. */
export type ReceivedMail = { from: string; to: string[]; headers: Record<string, string>; body: string }

export type MailServer = {
  url: string
  mails: ReceivedMail[]
  /** What RCPT TO is answered, by address; absent: taken. */
  refuse: Map<string, { code: number; words: string }>
  /** Passwords that were sent without TLS. */
  sessions: { secure: boolean; user: string | undefined }[]
  close: () => Promise<void>
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function parse(raw: string): Pick<ReceivedMail, 'headers' | 'body'> {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  )
  const body = decoded(raw.slice(end + 4), headers['content-transfer-encoding'] ?? '7bit')
  return { headers, body: body.replace(/\r\n/g, '\n').trimEnd() }
}

/** A real SMTP server on loopback that keeps what it is given. */
export async function startMailServer({
  auth = false,
  startTls = false,
}: {
  auth?: boolean
  /** Offers TLS with a certificate that nobody trusts. */
  startTls?: boolean
} = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const refuse: MailServer['refuse'] = new Map()
  const sessions: MailServer['sessions'] = []
  const server = new SMTPServer({
    authOptional: !auth,
    allowInsecureAuth: true,
    disabledCommands: [...(auth ? [] : ['AUTH']), ...(startTls ? [] : ['STARTTLS'])],
    onAuth: ({ username, password }, session, done) => {
      sessions.push({ secure: session.secure, user: username })
      if (password === 'right') done(null, { user: username })
      else done(Object.assign(new Error('Bad password'), { responseCode: 535 }))
    },
    onRcptTo: ({ address }, _session, done) => {
      const refusal = refuse.get(address)
      if (refusal) done(Object.assign(new Error(refusal.words), { responseCode: refusal.code }))
      else done()
    },
    onData: (stream, { envelope }, done) => {
      void text(stream).then((raw) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), ...parse(raw) })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse,
    sessions,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
