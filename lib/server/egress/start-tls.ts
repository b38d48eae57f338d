import net from 'node:net'
import tls from 'node:tls'
import type { ClientCertificate } from './client-certificate.ts'
import { afterItsCertificate, EgressFailure } from './failure.ts'
import { settled } from './settled.ts'
import { tlsFacts } from './tls-facts.ts'
import type { Trace } from './trace.ts'

/** On what TLS rests in every connection of an attempt. */
export type TlsTerms = {
  /** Certificates to trust in place of this machine's own list; see authorities.ts. */
  ca?: readonly string[] | undefined
  /** The name that is asked for and that the certificate must have, in place of the host's. */
  serverName?: string | undefined
  /** Shown to servers that ask for one. */
  client?: ClientCertificate | undefined
}
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'

/**
 * TLS over a guarded socket. Trust is judged afterwards instead of by `rejectUnauthorized`, so that a bad certificate's facts
 * are still recorded in the trace. Throws EgressFailure, or the signal's reason; the socket is destroyed then.
 */
export async function startTls({
  socket,
  host,
  signal,
  trace,
  alpn = [],
  terms = {},
  verify = true,
}: {
  socket: net.Socket
  host: string
  signal: AbortSignal
  trace: Trace
  alpn?: readonly string[]
  terms?: TlsTerms | undefined
  /** False takes any certificate; what is wrong with it is still in the trace. */
  verify?: boolean
}): Promise<tls.TLSSocket> {
  const secure = tls.connect({
    socket,
    host,
    ...serverName(terms.serverName ?? host),
    ...(alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] }),
    secureContext: contextFor(terms),
    rejectUnauthorized: false,
  })
  await shaken(secure, signal)
  trace.tls = tlsFacts({ socket: secure, serverName: terms.serverName ?? host })
  if (verify && !trace.tls.trusted) {
    secure.destroy()
    throw new EgressFailure({
      kind: 'certificate',
      message: `the certificate is not trusted: ${trace.tls.distrust ?? 'no reason given'}`,
    })
  }
  return secure
}

/** `stapled`: the server sent the state of its certificate along (RFC 6066, 8); what it says is not read. */
export type Handshake = { socket: tls.TLSSocket; stapled: boolean }

/**
 * One handshake that offers the versions from `least` to `most` and accepts any certificate and cipher, weak ones too: to see what
 * a server agrees to, not to talk to it. The name is left unchecked; see tls.checkServerIdentity. The caller ends the socket.
 */
export async function shakeHands({
  socket,
  host,
  signal,
  least,
  most,
  terms = {},
}: {
  socket: net.Socket
  host: string
  signal: AbortSignal
  least: TlsVersion
  most: TlsVersion
  terms?: TlsTerms | undefined
}): Promise<Handshake> {
  let stapled = false
  const secure = tls.connect({
    socket,
    host,
    ...serverName(terms.serverName ?? host),
    minVersion: least,
    maxVersion: most,
    // OpenSSL's usual level refuses what only old servers speak, before the server is even asked.
    ciphers: 'ALL:@SECLEVEL=0',
    checkServerIdentity: () => undefined,
    rejectUnauthorized: false,
    requestOCSP: true,
    ...trustOf(terms),
  })
  secure.once('OCSPResponse', (response: Buffer | null) => {
    stapled = (response?.length ?? 0) > 0
  })
  await shaken(secure, signal)
  return { socket: secure, stapled }
}

async function shaken(secure: tls.TLSSocket, signal: AbortSignal): Promise<void> {
  let hasShown = false
  // Once the socket is destroyed it knows no certificate any more.
  secure.once('error', () => {
    hasShown = secure.getPeerX509Certificate() !== undefined
  })
  try {
    await settled(secure, { ready: 'secureConnect', stage: 'tls', signal })
  } catch (error) {
    throw hasShown ? afterItsCertificate(error) : error
  }
}

function serverName(host: string): { servername?: string } {
  return net.isIP(host) === 0 ? { servername: host } : {}
}

/**
 * Only the first group is guessed in the ClientHello (RFC 8446, 4.2.8); the others are offered and cost one round trip more. Node
 * guesses a post-quantum one too, whose key pair is a tenth of a handshake's cost and which most servers do not take.
 */
const GROUPS = 'X25519:X25519MLKEM768:P-256:P-384:P-521'

const contexts = new WeakMap<object, tls.SecureContext>()

/** Reading the authorities is a third of a handshake's cost, so it is done once. No session is kept: each handshake is whole. */
function contextFor(terms: TlsTerms): tls.SecureContext {
  // The machine's own list is the same array until somebody changes it.
  const key = terms.client === undefined ? (terms.ca ?? tls.getCACertificates('default')) : terms
  const known = contexts.get(key) ?? tls.createSecureContext({ ecdhCurve: GROUPS, ...trustOf(terms) })
  contexts.set(key, known)
  return known
}

function trustOf({ ca, client }: TlsTerms): tls.SecureContextOptions {
  return {
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(client === undefined ? {} : { cert: client.certificate, key: client.key }),
  }
}
