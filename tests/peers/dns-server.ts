import type net from 'node:net'
import packet, { type Answer, type Packet } from 'dns-packet'
import { raw } from './servers.ts'

export const AA = packet.AUTHORITATIVE_ANSWER

/** A small DNS server over TCP, built on dns-packet: it answers what the test says, as no real one is at hand offline. */
export async function server(reply: (asked: Packet) => Partial<Packet> | Buffer | null) {
  const { port } = await raw((socket: net.Socket) => {
    let buffer = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      buffer = Buffer.concat([buffer, chunk])
      if (buffer.length < 2 || buffer.length < 2 + buffer.readUInt16BE(0)) return
      const query = packet.streamDecode(buffer)
      const answer = reply(query)
      if (answer === null) return
      const { id = 0, questions = [] } = query
      const whole = Buffer.isBuffer(answer)
        ? answer
        : packet.streamEncode({ type: 'response', id, questions, ...answer })
      // In two parts, as TCP may.
      socket.write(whole.subarray(0, 3))
      socket.end(whole.subarray(3))
    })
  })
  return `127.0.0.1:${port}`
}

export const a = (data: string, ttl = 60): Answer => ({ type: 'A', name: 'app.example', ttl, data })
export const zone = (...answers: Answer[]) => server(() => ({ flags: AA, answers }))
