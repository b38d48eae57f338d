import type { Socket } from 'node:net'
import grpc from '@grpc/grpc-js'
import packet, { type Answer, type Packet } from 'dns-packet'

/** A mail server as far as scripts of the tests go. */
export function chatter(socket: Socket): void {
  socket.on('error', () => undefined).write('220 mail.example ESMTP\r\n')
  let rest = ''
  socket.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split(/\r?\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const name = /^EHLO (.*)$/.exec(line)?.[1]
      if (name !== undefined) socket.write(`250-mail.example greets ${name}\r\n250 SIZE 1000\r\n`)
      else if (line === 'PING') socket.write('+PONG\r\n')
      else if (line === 'QUIT') socket.end('221 bye\r\n')
      else socket.write('500 what\r\n')
    }
  })
}

const RCODES: Readonly<Record<string, number>> = { none: 3, servfail: 2, refused: 5 }

/** A name server over TCP, built on dns-packet: as no real one is at hand offline. */
export function nameServer(socket: Socket): void {
  let buffer = Buffer.alloc(0)
  socket
    .on('error', () => undefined)
    .on('data', (chunk) => {
      buffer = Buffer.concat([buffer, chunk])
      if (buffer.length < 2 || buffer.length < 2 + buffer.readUInt16BE(0)) return
      const { id = 0, questions = [] } = packet.streamDecode(buffer)
      const name = questions[0]?.name ?? ''
      const rcode = RCODES[name.split('.')[0] ?? ''] ?? 0
      const answers: Answer[] =
        name === 'app.example'
          ? ['192.0.2.1', '192.0.2.2'].map((data) => ({ type: 'A', name, ttl: 60, data }))
          : []
      // The code of an answer is the last four of the flags (RFC 1035, 4.1.1).
      const reply: Packet = {
        type: 'response',
        id,
        flags: packet.AUTHORITATIVE_ANSWER | rcode,
        questions,
        answers,
      }
      socket.end(packet.streamEncode(reply))
    })
}

const HEALTH: Readonly<Record<string, Buffer | { code: number; details: string }>> = {
  '': Buffer.from([0x08, 1]),
  'shop.Cart': Buffer.from([0x08, 1]),
  'shop.Down': Buffer.from([0x08, 2]),
  'shop.Quiet': Buffer.alloc(0),
  'shop.Away': { code: 14, details: 'draining' },
  'shop.Old': { code: 12, details: 'no health service' },
}

/** A real gRPC server (grpc-js) with a health service. */
export async function healthServer(): Promise<{ server: grpc.Server; port: number }> {
  const server = new grpc.Server()
  const same = (bytes: Buffer) => bytes
  const coding = {
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  }
  server.addService(
    {
      Check: { path: '/grpc.health.v1.Health/Check', requestStream: false, responseStream: false, ...coding },
    },
    {
      Check: (call: grpc.ServerUnaryCall<Buffer, Buffer>, answer: grpc.sendUnaryData<Buffer>) => {
        const found = HEALTH[call.request.subarray(2).toString()] ?? { code: 5, details: 'unknown service' }
        if (Buffer.isBuffer(found)) answer(null, found)
        else answer(found)
      },
    },
  )
  const port = await new Promise<number>((resolve, reject) => {
    const insecure = grpc.ServerCredentials.createInsecure()
    server.bindAsync('127.0.0.1:0', insecure, (error, bound) => (error ? reject(error) : resolve(bound)))
  })
  return { server, port }
}
