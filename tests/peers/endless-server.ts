import net from 'node:net'
import type { Endless } from './endless-servers.ts'
import { askedOf, KIND_TABLE, type LookingKind } from './kind-table.ts'

export type EndlessServer = {
  port: number
  /** Bytes written to connections that are closed by now. */
  sent: () => number
  /** When no connection is open. */
  idle: () => Promise<void>
  close: () => Promise<void>
}

/** A server on this machine that begins its never ending answer when it is asked, or before where its name says so. */
export async function startEndless({
  name,
  behave,
}: {
  name: string
  behave: Endless
}): Promise<EndlessServer> {
  const sockets = new Set<net.Socket>()
  let sent = 0
  let settle: () => void = () => undefined
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => {
      sent += socket.bytesWritten
      sockets.delete(socket)
      if (sockets.size === 0) settle()
    })
    if (name.includes('before')) behave(socket, Buffer.alloc(0))
    else socket.once('data', (asked: Buffer) => behave(socket, asked))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    sent: () => sent,
    idle: () =>
      new Promise((resolve) => {
        settle = resolve
        if (sockets.size === 0) resolve()
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  }
}

/** Redirects on and on are followed by the kinds that can. */
export const leadsOn = (name: string): boolean => name.includes('on for ever')

/** What a kind asks such a server for, which its deadline has to end; the port is all that it may reach. */
export function endlessProbe({
  kind,
  name,
  port,
  timeoutMs,
}: {
  kind: LookingKind
  name: string
  port: number
  timeoutMs: number
}): { text: string; variables: Record<string, string>; place: string } {
  const place = `127.0.0.1:${port}`
  return {
    text: askedOf(kind, { clauses: `timeout ${timeoutMs}ms, retries 0`, isFollowing: leadsOn(name) }),
    variables: { TARGET: `${KIND_TABLE[kind].scheme}://${place}` },
    place,
  }
}
