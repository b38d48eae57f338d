import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import net from 'node:net'
import dnsPacket from 'dns-packet'
import type { Resolve } from '#lib/server/egress/resolve.ts'

/** A name server on loopback. `answer` says what it answers the next questions with, one round after another; the last one stays. */
export async function startNameServer(): Promise<{
  resolve: Resolve
  answer: (...rounds: string[][]) => void
  stop: () => void
}> {
  let rounds: readonly string[][] = []
  const asked = { A: 0, AAAA: 0 }
  const socket = createSocket('udp4')
  socket.on('message', (packet, from) => {
    const { id, questions = [] } = dnsPacket.decode(packet)
    const [question] = questions
    const type = question?.type === 'AAAA' ? 'AAAA' : 'A'
    const round = rounds[Math.min(asked[type]++, rounds.length - 1)] ?? []
    const wanted = round.filter((data) => net.isIPv6(data) === (type === 'AAAA'))
    const answers = wanted.map((data) => ({ type, name: question?.name ?? '', ttl: 0, data }) as const)
    const flags = dnsPacket.AUTHORITATIVE_ANSWER
    socket.send(dnsPacket.encode({ type: 'response', id: id ?? 0, flags, questions, answers }), from.port)
  })
  await new Promise<void>((done) => {
    socket.bind(0, '127.0.0.1', () => done())
  })
  const resolver = new Resolver()
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return {
    resolve: async (host) => {
      const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
      return [v4, v6].flatMap((family) => (family.status === 'fulfilled' ? family.value : []))
    },
    answer(...all) {
      rounds = all
      asked.A = 0
      asked.AAAA = 0
    },
    stop: () => socket.close(),
  }
}
