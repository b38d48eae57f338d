import type { Socket } from 'node:net'
import { converse } from './conversation.ts'
import { EgressFailure } from './failure.ts'

/** What a server of the Redis protocol answers (RESP 2). Its errors are values: whether one matters is for the caller to say. */
export type Reply =
  | { is: 'text'; text: string }
  | { is: 'integer'; integer: number }
  | { is: 'error'; text: string }
  | { is: 'null' }
  | { is: 'list'; list: Reply[] }

export type RedisTalk = {
  /** Sends commands in one go and waits for as many answers. */
  ask: (...commands: readonly (readonly string[])[]) => Promise<Reply[]>
  end: () => void
}

const DEEPEST = 4

/** Speaks RESP on a guarded socket. Throws EgressFailure (`protocol` for an answer that is not RESP), or the signal's reason. */
export function talkRedis(socket: Socket, signal: AbortSignal): RedisTalk {
  const talk = converse(socket, signal)
  return {
    ask: async (...commands) => {
      talk.write(commands.map(encoded).join(''))
      const replies: Reply[] = []
      for (const _command of commands)
        replies.push(await talk.read((buffer) => taken(buffer, { at: 0, depth: 0 })))
      return replies
    },
    end: () => {
      talk.release()
      socket.destroy()
    },
  }
}

function encoded(parts: readonly string[]): string {
  const bulk = parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`)
  return `*${parts.length}\r\n${bulk.join('')}`
}

/** The reply that starts at `at`; null while it is not whole. `used` counts from the start of the buffer. */
function taken(
  buffer: Buffer,
  { at, depth }: { at: number; depth: number },
): { value: Reply; used: number } | null {
  const end = buffer.indexOf('\r\n', at)
  if (end === -1) {
    if (buffer.length - at > 0 && !'+-:$*'.includes(String.fromCharCode(buffer[at] ?? 0))) throw notRedis()
    return null
  }
  const head = buffer.subarray(at + 1, end).toString('latin1')
  const used = end + 2
  switch (String.fromCharCode(buffer[at] ?? 0)) {
    case '+':
      return { value: { is: 'text', text: head }, used }
    case '-':
      return { value: { is: 'error', text: head }, used }
    case ':':
      return { value: { is: 'integer', integer: whole(head) }, used }
    case '$': {
      const size = whole(head)
      if (size < 0) return { value: { is: 'null' }, used }
      if (buffer.length < used + size + 2) return null
      const text = buffer.subarray(used, used + size).toString('utf8')
      return { value: { is: 'text', text }, used: used + size + 2 }
    }
    case '*':
      return list(buffer, { count: whole(head), at: used, depth })
    default:
      throw notRedis()
  }
}

function list(
  buffer: Buffer,
  { count, at, depth }: { count: number; at: number; depth: number },
): { value: Reply; used: number } | null {
  if (count < 0) return { value: { is: 'null' }, used: at }
  if (depth >= DEEPEST) throw notRedis()
  const replies: Reply[] = []
  let used = at
  while (replies.length < count) {
    const next = taken(buffer, { at: used, depth: depth + 1 })
    if (next === null) return null
    replies.push(next.value)
    used = next.used
  }
  return { value: { is: 'list', list: replies }, used }
}

function whole(text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw notRedis()
  return Number(text)
}

function notRedis(): EgressFailure {
  return new EgressFailure({ kind: 'protocol', message: 'the answer is not Redis’; check host and port' })
}
