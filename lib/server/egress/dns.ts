import { randomInt } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import packet, { type Answer, type DecodedPacket, type RecordType } from 'dns-packet'
import { decideName, normalHost } from '#lib/shared/egress-policy.ts'
import { blockedAt } from './blocked.ts'
import { converse } from './conversation.ts'
import { codeOf, EgressFailure } from './failure.ts'
import { type Guard, openGuardedSocket } from './socket.ts'
import { type Trace, timed } from './trace.ts'

/** `ttl` in seconds; null where it is not said. */
export type DnsAnswer = {
  rcode: string
  authoritative: boolean | null
  answers: { text: string; ttl: number | null }[]
}

const PORT = 53

/**
 * One question over TCP (RFC 7766: every server takes it), by which answers are whole and come from whom was asked. Throws
 * EgressFailure (`protocol` for what is no answer to this question), or the signal's reason.
 */
export async function askDns(
  { host, port = PORT, name, type }: { host: string; port?: number; name: string; type: string },
  guard: Guard,
  trace: Trace,
): Promise<DnsAnswer> {
  const socket = await openGuardedSocket({ host, port, secure: false }, guard, trace)
  const talk = converse(socket, guard.signal, 65_537)
  try {
    const id = randomInt(65_536)
    const questions = [{ type: type as RecordType, name }]
    talk.write(packet.streamEncode({ type: 'query', id, flags: packet.RECURSION_DESIRED, questions }))
    const bytes = await timed(trace, 'wait', () => talk.read(message))
    const answer = decoded(bytes)
    const asked = answer.questions?.[0]
    const fits = answer.type === 'response' && answer.id === id && asked?.type === type
    if (!fits || asked.name.toLowerCase() !== name.toLowerCase()) throw notDns()
    return {
      rcode: rcodeOf(answer),
      authoritative: answer.flag_aa,
      answers: (answer.answers ?? []).flatMap((one) => (one.type === type ? [described(one)] : [])),
    }
  } finally {
    talk.release()
    socket.destroy()
  }
}

/** A message behind its length in two bytes. */
function message(buffer: Buffer): { value: Buffer; used: number } | null {
  const used = buffer.length < 2 ? Number.POSITIVE_INFINITY : 2 + buffer.readUInt16BE(0)
  return buffer.length < used ? null : { value: buffer.subarray(2, used), used }
}

function decoded(bytes: Buffer): DecodedPacket {
  try {
    return packet.decode(bytes)
  } catch {
    throw notDns()
  }
}

function notDns(): EgressFailure {
  return new EgressFailure({
    kind: 'protocol',
    message: 'the answer is not DNS, or not to this question; check server',
  })
}

/** The library names the code in a field that its types leave out. */
function rcodeOf(answer: DecodedPacket): string {
  return 'rcode' in answer ? String(answer.rcode) : 'unknown'
}

function described(answer: Answer): DnsAnswer['answers'][number] {
  const ttl = 'ttl' in answer && typeof answer.ttl === 'number' ? answer.ttl : null
  return { text: textOf(answer), ttl }
}

function textOf(answer: Answer): string {
  switch (answer.type) {
    case 'A':
    case 'AAAA':
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return answer.data
    case 'MX':
      return `${answer.data.preference ?? 0} ${answer.data.exchange}`
    case 'TXT':
      return [answer.data].flat().map(String).join('')
    case 'CAA':
      return caaText(answer.data)
    case 'SOA':
      return `${answer.data.mname} ${answer.data.serial ?? 0}`
    case 'SRV': {
      const { priority = 0, weight = 0, port, target } = answer.data
      return `${priority} ${weight} ${port} ${target}`
    }
    default:
      return ''
  }
}

function caaText({
  flags = 0,
  tag,
  value,
}: {
  flags?: number | undefined
  tag: string
  value: string
}): string {
  return `${flags} ${tag} "${value}"`
}

/**
 * The same by the system's resolver, which is no connection of ours: so the name must be one that the allow-list lets be asked for, or
 * a probe could carry texts to a stranger's name server.
 */
export async function askSystem(
  { name, type }: { name: string; type: string },
  guard: Guard,
  trace: Trace,
): Promise<DnsAnswer> {
  const { allowList, signal, kind, secrets = [] } = guard
  const place = { host: normalHost(name), port: PORT }
  const refused = decideName({ ...place, kind: kind ?? null, secrets, allowList })
  if (refused !== null) throw blockedAt(place, guard, refused)
  const resolver = new Resolver()
  const onAbort = () => resolver.cancel()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    signal.throwIfAborted()
    const answers = await timed(trace, 'resolve', () => systemAnswers(resolver, { name, type }))
    return { rcode: 'NOERROR', authoritative: null, answers }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    const rcode = SYSTEM_CODES[codeOf(error)]
    if (rcode !== undefined) return { rcode, authoritative: null, answers: [] }
    throw new EgressFailure({ kind: 'dns', message: 'the system’s resolver gave no answer', cause: error })
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

const SYSTEM_CODES: Readonly<Record<string, string>> = {
  ENODATA: 'NOERROR',
  ENOTFOUND: 'NXDOMAIN',
  ESERVFAIL: 'SERVFAIL',
  EREFUSED: 'REFUSED',
  EFORMERR: 'FORMERR',
  ENOTIMP: 'NOTIMP',
}

async function systemAnswers(
  resolver: Resolver,
  { name, type }: { name: string; type: string },
): Promise<DnsAnswer['answers']> {
  const plain = (texts: string[]) => texts.map((text) => ({ text, ttl: null }))
  switch (type) {
    case 'A':
    case 'AAAA': {
      const found =
        type === 'A' ? resolver.resolve4(name, { ttl: true }) : resolver.resolve6(name, { ttl: true })
      return (await found).map(({ address, ttl }) => ({ text: address, ttl }))
    }
    case 'CNAME':
      return plain(await resolver.resolveCname(name))
    case 'NS':
      return plain(await resolver.resolveNs(name))
    case 'PTR':
      return plain(await resolver.resolvePtr(name))
    case 'TXT':
      return plain((await resolver.resolveTxt(name)).map((parts) => parts.join('')))
    case 'MX':
      return plain((await resolver.resolveMx(name)).map((one) => `${one.priority} ${one.exchange}`))
    case 'SRV':
      return plain(
        (await resolver.resolveSrv(name)).map(
          (one) => `${one.priority} ${one.weight} ${one.port} ${one.name}`,
        ),
      )
    case 'SOA': {
      const { nsname, serial } = await resolver.resolveSoa(name)
      return plain([`${nsname} ${serial}`])
    }
    default:
      return plain((await resolver.resolveCaa(name)).flatMap(systemCaa))
  }
}

/** Node gives a record as `{critical, issue: value}`: the tag is the name of the other field. */
function systemCaa({ critical, ...rest }: { critical: number }): string[] {
  return Object.entries(rest)
    .filter(([tag]) => tag !== 'type')
    .map(([tag, value]) => caaText({ flags: critical, tag, value: String(value) }))
}
