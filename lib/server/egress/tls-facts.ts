import type { Certificate, TLSSocket } from 'node:tls'
import type { TlsFacts } from './trace.ts'

type LeafFacts = NonNullable<TlsFacts['certificate']>

/**
 * What the handshake showed: protocol, cipher, trust with its reason, and the leaf certificate. Takes the leaf out of the
 * socket's chain, as Node does when it gives an X509Certificate: who wants the chain reads it before.
 */
export function tlsFacts({ socket, serverName }: { socket: TLSSocket; serverName: string }): TlsFacts {
  return {
    version: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    serverName,
    trusted: socket.authorized,
    distrust: socket.authorized ? null : reasonText(socket.authorizationError),
    certificate: leafFacts(socket),
  }
}

const MOST_LEAVES = 1_000
const leaves = new Map<string, LeafFacts>()

/** Reading a certificate is a tenth of a handshake's cost, and a server shows the same one for months: known by its hash. */
function leafFacts(socket: TLSSocket): LeafFacts | null {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return null
  const hash = certificate.fingerprint256
  const known = leaves.get(hash)
  if (known !== undefined) return known
  const leaf = certificate.toLegacyObject()
  const facts = {
    subject: nameText(leaf.subject),
    issuer: nameText(leaf.issuer),
    names: (leaf.subjectaltname ?? '').split(', ').filter((name) => name !== ''),
    serial: leaf.serialNumber,
    fingerprint256: leaf.fingerprint256,
    validFrom: isoDate(leaf.valid_from),
    validTo: isoDate(leaf.valid_to),
  }
  if (leaves.size >= MOST_LEAVES) leaves.clear()
  leaves.set(hash, facts)
  return facts
}

const REASONS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its chain is incomplete or its authority unknown',
  UNABLE_TO_GET_ISSUER_CERT: 'its chain is incomplete or its authority unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its chain is incomplete or its authority unknown',
  CERT_REVOKED: 'it is revoked',
}

/** Node types the reason as an Error, but gives the OpenSSL code as a text. */
function reasonText(error: unknown): string {
  const code = error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error)
  return REASONS[code] ?? code
}

function nameText(name: Certificate | undefined): string {
  return Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('+') : value}`)
    .join(', ')
}

function isoDate(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? text : new Date(time).toISOString()
}
