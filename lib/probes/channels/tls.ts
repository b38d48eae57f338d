import { X509Certificate } from 'node:crypto'
import tls from 'node:tls'
import { TLS_SCHEMES, TLS_VERSIONS, type TlsProbe, type TlsVersion } from '#lib/probes/kinds/tls.ts'
import type { TlsObservation } from '#lib/probes/observations/tls.ts'
import { placedAddress } from '#lib/probes/place.ts'
import { secretsOf } from '#lib/probes/redact.ts'
import { sayBeforeTls } from '#lib/server/egress/before-tls.ts'
import { codeOf, EgressFailure } from '#lib/server/egress/failure.ts'
import { openGuardedSocket } from '#lib/server/egress/socket.ts'
import { type Handshake, type TlsVersion as NodeVersion, shakeHands } from '#lib/server/egress/start-tls.ts'
import { tlsFacts } from '#lib/server/egress/tls-facts.ts'
import { newTrace, type Trace, timed } from '#lib/server/egress/trace.ts'
import { type ChainFact, trustedChain } from '#lib/server/egress/trusted-chain.ts'
import type { HostPort } from '#lib/shared/egress-policy.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { daysBetween, nextConnection } from './phases.ts'

type Details = { handshake: TlsObservation['handshake']; versions: TlsObservation['versions'] }
type TlsAttempt = Attempt<TlsProbe, Details>

const NODE_VERSION: Readonly<Record<TlsVersion, NodeVersion>> = {
  '1.0': 'TLSv1',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
}
/** Alerts that mean "not with this version": protocol_version, handshake_failure, insufficient_security (RFC 8446, 6). */
const REFUSALS = /ALERT_(?:PROTOCOL_VERSION|HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY)$/

/** One handshake that offers everything, then one for each version that a condition asks about, all at the same address. */
export const tlsChannel: Channel<TlsProbe, Details, TlsObservation> = {
  blank: () => ({ handshake: null, versions: [] }),
  async look(attempt) {
    const { config, environment, details } = attempt
    attempt.secrets = secretsOf({ variables: environment.variables, headers: [] })
    const address = placedAddress(config.url, { environment, schemes: TLS_SCHEMES, bare: true })
    if (!address.ok) throw new ProbeStopped('config', address.message)
    const { hostname, port, protocol } = address.url
    const usual = protocol === 'rediss:' ? 6379 : 443
    const target = { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port) }
    await firstHandshake(attempt, target)
    const asked = TLS_VERSIONS.filter((version) =>
      config.conditions.some((check) => 'word' in check && check.word === version),
    )
    for (const version of asked)
      details.versions.push({ version, ...(await tried(attempt, { target, version })) })
  },
  seen: ({ config, details }) => ({ starttls: config.starttls, ...details }),
}

async function shaken(
  attempt: TlsAttempt,
  {
    target,
    trace,
    least,
    most,
    again,
  }: { target: HostPort; trace: Trace; least: TlsVersion; most: TlsVersion; again: boolean },
): Promise<Handshake> {
  const { guard, config } = attempt
  // Later handshakes ask the same machine as the first, also where a name has several.
  const resolve = again ? async () => [...attempt.trace.addresses] : guard.resolve
  const socket = await openGuardedSocket({ ...target, secure: false }, { ...guard, resolve }, trace)
  try {
    const { signal, tls: terms } = guard
    if (config.starttls !== null) await sayBeforeTls(socket, { protocol: config.starttls, signal })
    const versions = { least: NODE_VERSION[least], most: NODE_VERSION[most] }
    return await timed(trace, 'tls', () =>
      shakeHands({ socket, host: target.host, signal, terms, ...versions }),
    )
  } catch (error) {
    socket.destroy()
    throw error
  }
}

async function firstHandshake(attempt: TlsAttempt, target: HostPort): Promise<void> {
  const { startedAt, details } = attempt
  const trace = nextConnection(attempt, target)
  const { socket, stapled } = await shaken(attempt, {
    ...{ target, trace, least: '1.0', most: '1.3', again: false },
  })
  try {
    const leaf = socket.getPeerCertificate(true)
    const { ca, serverName = target.host } = attempt.guard.tls ?? {}
    const facts = tlsFacts({ socket, serverName })
    const { certificate } = facts
    if (certificate === null) throw new ProbeStopped('tls', 'the server showed no certificate')
    const read = new X509Certificate(leaf.raw)
    const { chain, unused } = trustedChain(leaf, ca)
    const withDays = (link: ChainFact) => ({ ...link, daysLeft: daysBetween(startedAt, link.validTo) })
    details.handshake = {
      version: facts.version,
      cipher: facts.cipher,
      serverName,
      trusted: facts.trusted,
      distrust: facts.distrust,
      hostname: tls.checkServerIdentity(serverName, leaf) === undefined,
      certificate: { ...certificate, daysLeft: daysBetween(startedAt, certificate.validTo) },
      stapled,
      keyBits: typeof leaf.bits === 'number' ? leaf.bits : null,
      keyType: read.publicKey.asymmetricKeyType ?? null,
      signature: read.signatureAlgorithm ?? null,
      chain: chain.map(withDays),
      ...(unused.length === 0 ? {} : { unused: unused.map(withDays) }),
    }
  } finally {
    socket.destroy()
  }
}

type Tried = { result: 'accepted' | 'refused' | 'unknown'; why: string }

/**
 * A server that only hangs up says nothing by itself, as it may do so for other reasons; when it does so twice for a version, right
 * after a handshake with another one, it refuses that version.
 */
async function tried(
  attempt: TlsAttempt,
  { target, version }: { target: HostPort; version: TlsVersion },
): Promise<Tried> {
  const first = await triedOnce(attempt, { target, version })
  if (first !== 'closed') return first
  const second = await triedOnce(attempt, { target, version })
  return second === 'closed' ? { result: 'refused', why: 'the server hung up twice' } : second
}

async function triedOnce(
  attempt: TlsAttempt,
  { target, version }: { target: HostPort; version: TlsVersion },
): Promise<Tried | 'closed'> {
  try {
    const trace = newTrace()
    const { socket } = await shaken(attempt, { target, trace, least: version, most: version, again: true })
    const agreed = socket.getProtocol() ?? 'no version'
    socket.destroy()
    if (agreed === NODE_VERSION[version]) return { result: 'accepted', why: agreed }
    return { result: 'unknown', why: `agreed on ${agreed}` }
  } catch (error) {
    if (!(error instanceof EgressFailure) || attempt.guard.signal.aborted) throw error
    const code = codeOf(error.cause)
    // Only who has agreed on a version gets so far as to ask for a certificate in it.
    if (error.kind === 'access')
      return { result: 'accepted', why: `${NODE_VERSION[version]}, and a client certificate is wanted` }
    if (REFUSALS.test(code)) return { result: 'refused', why: code.replace(/^ERR_SSL_/, '').toLowerCase() }
    const hungUp = error.kind === 'closed' || (error.kind === 'tls' && code === '') || code === 'ECONNRESET'
    return hungUp ? 'closed' : { result: 'unknown', why: error.message }
  }
}
