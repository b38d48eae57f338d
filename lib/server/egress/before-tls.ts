import type { Socket } from 'node:net'
import { type Conversation, converse, line } from './conversation.ts'
import { EgressFailure } from './failure.ts'

/** What is said in clear before a handshake, by protocol; afterwards the socket is ready for TLS. */
export async function sayBeforeTls(
  socket: Socket,
  { protocol, signal }: { protocol: 'smtp' | 'postgres'; signal: AbortSignal },
): Promise<void> {
  const talk = converse(socket, signal, 65_536)
  try {
    await (protocol === 'smtp' ? smtp(talk) : postgres(talk))
  } finally {
    talk.release()
  }
}

/** RFC 3207. */
async function smtp(talk: Conversation): Promise<void> {
  await reply(talk, '220')
  talk.write('EHLO countersign.invalid\r\n')
  const offered = await reply(talk, '250')
  if (!offered.some((text) => /^STARTTLS$/i.test(text.trim())))
    throw new EgressFailure({ kind: 'tls', message: 'the mail server does not offer STARTTLS' })
  talk.write('STARTTLS\r\n')
  await reply(talk, '220')
}

async function reply(talk: Conversation, code: string): Promise<string[]> {
  const texts: string[] = []
  for (;;) {
    const said = await talk.read(line)
    if (!/^\d{3}[ -]/.test(said) && !/^\d{3}$/.test(said))
      throw new EgressFailure({ kind: 'protocol', message: 'the answer is not SMTP; check host and port' })
    if (!said.startsWith(code))
      throw new EgressFailure({ kind: 'protocol', message: `the mail server answered ${said.slice(0, 3)}` })
    texts.push(said.slice(4))
    if (said[3] !== '-') return texts
    if (texts.length > 100)
      throw new EgressFailure({ kind: 'protocol', message: 'the answer is not SMTP; check host and port' })
  }
}

async function postgres(talk: Conversation): Promise<void> {
  if (!(await sslRequest(talk)))
    throw new EgressFailure({ kind: 'tls', message: 'the server does not offer TLS' })
}

/** PostgreSQL's SSLRequest: length 8, code 80877103; answered by one byte, S or N. After N the session goes on in clear. */
async function sslRequest(talk: Conversation): Promise<boolean> {
  const request = Buffer.alloc(8)
  request.writeInt32BE(8, 0)
  request.writeInt32BE(80_877_103, 4)
  talk.write(request)
  // One byte and not more may come before the handshake (CVE-2021-23222): the rest would be unencrypted.
  const answer = await talk.read((buffer) =>
    buffer.length === 0 ? null : { value: buffer.toString('latin1'), used: buffer.length },
  )
  if (answer === 'S' || answer === 'N') return answer === 'S'
  throw new EgressFailure({
    kind: 'protocol',
    message: 'the answer is not PostgreSQL’s; check host and port',
  })
}

/** Does the server offer TLS? Either way the socket is ready for what comes next. */
export async function asksPostgresTls(socket: Socket, signal: AbortSignal): Promise<boolean> {
  const talk = converse(socket, signal, 65_536)
  try {
    return await sslRequest(talk)
  } finally {
    talk.release()
  }
}
