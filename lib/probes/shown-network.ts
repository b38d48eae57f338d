import { counted } from '#lib/shared/words.ts'
import { GRPC_CODES } from './grpc-health.ts'
import type { DnsObservation } from './observations/dns.ts'
import type { GrpcObservation } from './observations/grpc.ts'
import type { TcpObservation } from './observations/tcp.ts'
import { type Shown, type ShownFact, tlsText } from './shown-fact.ts'

export function ofGrpc({ address, service, tls, answer }: GrpcObservation): Shown {
  const facts: ShownFact[] = [
    ...(address === null ? [] : [{ term: 'Server', text: address }]),
    ...(service === null ? [] : [{ term: 'Service', text: service || 'the whole server' }]),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(answer
      ? [
          { term: 'Answer', text: `HTTP ${answer.http}, ${grpcStatus(answer)}` },
          { term: 'Health', text: answer.serving ?? 'not said' },
        ]
      : []),
  ]
  return { facts, blocks: [] }
}

function grpcStatus({ status, said }: NonNullable<GrpcObservation['answer']>): string {
  if (status === null) return 'no gRPC status'
  return `gRPC ${status === 0 ? 'OK' : (GRPC_CODES[status] ?? status)}${said === '' ? '' : `: ${said}`}`
}

export function ofDns({ name, replies }: DnsObservation): Shown {
  const facts: ShownFact[] = [
    ...(name === null ? [] : [{ term: 'Name', text: name }]),
    ...replies.map(({ server, rcode, authoritative, total }) => ({
      term: server,
      text: `${rcode}, ${counted({ count: total, one: 'answer' })}${authoritative === true ? ', authoritative' : ''}`,
    })),
  ]
  const lines = replies.flatMap(({ server, answers }) =>
    answers.map(({ text, ttl }) => `${server} ${ttl === null ? '' : `${ttl} s `}${text}`),
  )
  const block = { summary: `Answers (${lines.length})`, label: 'Answers', code: lines.join('\n') }
  return { facts, blocks: lines.length > 0 ? [block] : [] }
}

export function ofTcp({ address, tls, open, steps }: TcpObservation): Shown {
  const facts: ShownFact[] = [
    ...(address === null ? [] : [{ term: 'Server', text: address }]),
    ...(open === null ? [] : [{ term: 'Connection', text: open ? 'made' : 'not made' }]),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...steps.map(({ step, done, seen }) => ({
      term: 'Step',
      text: `${step}: ${done === null ? 'not known, more came than is read' : done ? 'done' : 'not done'}${seen === null ? '' : `, came “${seen}”`}`,
    })),
  ]
  return { facts, blocks: [] }
}
