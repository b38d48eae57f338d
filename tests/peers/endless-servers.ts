import { createHash } from 'node:crypto'
import type net from 'node:net'
import { gzipSync } from 'node:zlib'
import type { LookingKind } from './kind-table.ts'

/** What a server that never comes to an end does with a socket on which something was asked; `asked` is that. */
export type Endless = (socket: net.Socket, asked: Buffer) => void

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n'
/** A body of a few kilobytes that would become a thousand times as much. */
const BOMB = gzipSync(Buffer.alloc(64 * 1_048_576))
const LETTERS = Buffer.alloc(65_536, 'a')

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

const drip = (socket: net.Socket, text: string | Buffer) => repeat(socket, () => socket.write(text), 20)

/** A frame of text of a WebSocket, shorter than 126 bytes. */
const frame = (text: string) => Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)])

function upgrade(socket: net.Socket, asked: Buffer): void {
  const key = /sec-websocket-key: (\S+)/i.exec(asked.toString('latin1'))?.[1] ?? ''
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
}

/** A message of PostgreSQL: its letter, its length, its bytes. */
function message(letter: string, bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(bytes.length + 4)
  return Buffer.concat([Buffer.from(letter), length, bytes])
}
const SIGNED_IN = message('R', Buffer.alloc(4))
const PARAMETER = message('S', Buffer.from(`application_name\0${'x'.repeat(8_000)}\0`))

/** Kinds that speak otherwise than HTTP, or want more than a page, are answered in their own words, and never to an end. */
const OWN: Partial<Record<LookingKind, Endless>> = {
  redis: (socket) => {
    socket.write('$900000000\r\n')
    flood(socket, LETTERS)
  },
  postgres: (socket) => {
    socket.write(SIGNED_IN)
    flood(socket, PARAMETER)
  },
  websocket: (socket, asked) => {
    upgrade(socket, asked)
    flood(socket, Buffer.concat(Array(500).fill(frame('x'.repeat(100)))))
  },
  sse: (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n')
    flood(socket, Buffer.from('data: more\n\n'.repeat(500)))
  },
  dns: (socket) => {
    socket.write(Buffer.from([0xff, 0xff]))
    drip(socket, 'a')
  },
  tcp: (socket) => drip(socket, '+PON'),
  // A record of a handshake that says it has 16 KiB, and comes byte by byte.
  tls: (socket) => {
    socket.write(Buffer.from([0x16, 0x03, 0x03, 0x40, 0x00, 0x02]))
    drip(socket, Buffer.from([0]))
  },
  // Settings, and then a ping of HTTP/2 after the other.
  grpc: (socket) => {
    socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    drip(socket, Buffer.from([0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]))
  },
}

let hop = 0
/** What each server that never comes to an end does, by what it is called. */
export const ENDLESS: Readonly<Record<string, (kind: LookingKind) => Endless>> = {
  'accepts and says nothing': () => () => undefined,
  'drips a head': () => (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx: ')
    drip(socket, 'a')
  },
  'drips a body': () => (socket) => {
    socket.write(`${HEAD}Content-Length: 1000000\r\n\r\n`)
    drip(socket, 'a')
  },
  'sends a head without end': () => (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    flood(socket, Buffer.from('x-filler: '.padEnd(62, 'y').concat('\r\n').repeat(512)))
  },
  'sends a body without end': () => (socket) => {
    socket.write(`${HEAD}\r\n`)
    flood(socket, LETTERS)
  },
  'sends a bomb, 1000 to 1': () => (socket) => {
    socket.write(`${HEAD}Content-Encoding: gzip\r\nContent-Length: ${BOMB.length}\r\n\r\n`)
    socket.write(BOMB)
  },
  'sends on for ever': () => (socket) => {
    hop += 1
    socket.end(`HTTP/1.1 302 Found\r\nLocation: /hop/${hop}\r\nContent-Length: 0\r\n\r\n`)
  },
  'floods before it is asked': () => (socket) => flood(socket, LETTERS),
  'answers in lines of nothing': () => (socket) => repeat(socket, () => socket.write('\r\n'), 5),
  'answers in the words of its kind, without end': (kind) => OWN[kind] ?? (() => undefined),
}
