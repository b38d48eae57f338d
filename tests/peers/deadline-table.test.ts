import net from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { PULLED_KINDS } from '#lib/probes/kinds.ts'
import { KIND_TABLE } from './kind-table.ts'
import { allow, look } from './servers.ts'

const TIMEOUT_MS = 400
const MOST_SENT = 64 * 1_048_576
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n'

/** A body of a few kilobytes that would become a thousand times as much, again and again. */
const BOMB = gzipSync(Buffer.alloc(64 * 1_048_576))

/** Servers that never come to an end; each is given a socket on which something has been asked. */
const SERVERS: Readonly<Record<string, (socket: net.Socket) => void>> = {
  'accepts and says nothing': () => undefined,
  'drips a head': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx: ')
    repeat(socket, () => socket.write('a'), 20)
  },
  'drips a body': (socket) => {
    socket.write(`${HEAD}Content-Length: 1000000\r\n\r\n`)
    repeat(socket, () => socket.write('a'), 20)
  },
  'sends a head without end': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    flood(socket, Buffer.from('x-filler: '.padEnd(62, 'y').concat('\r\n').repeat(512)))
  },
  'sends a body without end': (socket) => {
    socket.write(`${HEAD}\r\n`)
    flood(socket, Buffer.alloc(65_536, 'a'))
  },
  'sends a bomb, 1000 to 1': (socket) => {
    socket.write(`${HEAD}Content-Encoding: gzip\r\nContent-Length: ${BOMB.length}\r\n\r\n`)
    socket.write(BOMB)
  },
  'sends on for ever': (socket) => {
    hop += 1
    socket.end(`HTTP/1.1 302 Found\r\nLocation: /hop/${hop}\r\nContent-Length: 0\r\n\r\n`)
  },
  'floods before it is asked': (socket) => flood(socket, Buffer.alloc(65_536, 'a')),
  'answers in lines of nothing': (socket) => repeat(socket, () => socket.write('\r\n'), 5),
}
let hop = 0

function repeat(socket: net.Socket, work: () => void, everyMs: number): void {
  const timer = setInterval(work, everyMs)
  socket.once('close', () => clearInterval(timer))
}

/** As fast as it is taken, and no faster. */
function flood(socket: net.Socket, chunk: Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  }
  socket.on('drain', more)
  more()
}

const seen = { looks: 0, worstOverrunMs: 0, of: '', worstGrowthMb: 0 }

describe.each(Object.keys(SERVERS))('a server that %s', (name) => {
  it.each(PULLED_KINDS)('does not hold a probe of %s', async (kind) => {
    const behave = SERVERS[name]
    const sockets = new Set<net.Socket>()
    let sent = 0
    const server = net.createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => {
        sent += socket.bytesWritten
        sockets.delete(socket)
        idle()
      })
      if (name.includes('before')) behave?.(socket)
      else socket.once('data', () => behave?.(socket))
    })
    let idle: () => void = () => undefined
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    const { scheme, probe, follows } = KIND_TABLE[kind]
    const asked = name.includes('on for ever') ? (follows ?? probe) : probe
    const [before, since] = [process.memoryUsage().rss, performance.now()]
    const { judgement, observation } = await look(`${asked}, timeout ${TIMEOUT_MS}ms, retries 0`, {
      allowList: allow(`127.0.0.1:${port}`),
      variables: { TARGET: `${scheme}://127.0.0.1:${port}` },
    })
    seen.looks += 1
    const overrunMs = performance.now() - since - TIMEOUT_MS
    if (overrunMs > seen.worstOverrunMs)
      Object.assign(seen, { worstOverrunMs: overrunMs, of: `${kind} where it ${name}` })
    seen.worstGrowthMb = Math.max(seen.worstGrowthMb, (process.memoryUsage().rss - before) / 1_048_576)
    // Who asks for nothing but the head may have what it asked for.
    const isHeadEnough = /body|bomb/.test(name) || (name.includes('for ever') && follows === undefined)
    if (!isHeadEnough) expect(judgement.verdict).not.toBe('pass')
    expect(judgement.line).not.toBe('')
    expect(observation.connection?.port).toBe(port)
    // Nothing is left open behind it, and it did not take in more than anybody allows.
    if (sockets.size > 0)
      await new Promise<void>((resolve) => {
        idle = () => {
          if (sockets.size === 0) resolve()
        }
        idle()
      })
    expect(sent).toBeLessThan(MOST_SENT)
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })
})

afterAll(() => {
  process.stdout.write(
    `deadlines: ${seen.looks} looks of ${TIMEOUT_MS} ms, at worst ${Math.round(seen.worstOverrunMs)} ms more (${seen.of}), memory grew by at most ${Math.round(seen.worstGrowthMb)} MB\n`,
  )
})
