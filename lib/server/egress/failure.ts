/** Why an outgoing exchange did not end in an answer, in words that do not depend on the operating system. */
export type EgressFailureKind =
  | 'dns'
  | 'blocked'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'slow'
  | 'closed'
  | 'certificate'
  | 'tls'
  | 'protocol'
  | 'headers_too_large'
  | 'decode'
  | 'access'

/** The one error that leaves this folder. `reason` names the policy rule of a block, for the audit event. */
export class EgressFailure extends Error {
  readonly kind: EgressFailureKind
  readonly reason: string | null
  constructor({
    kind,
    message,
    reason = null,
    cause,
  }: { kind: EgressFailureKind; message: string; reason?: string | null; cause?: unknown }) {
    super(message, { cause })
    this.name = 'EgressFailure'
    this.kind = kind
    this.reason = reason
  }
}

const KIND_OF_CODE: Readonly<Record<string, EgressFailureKind>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  ECONNABORTED: 'closed',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CLOSED_CONNECTION: 'closed',
  HPE_INVALID_EOF_STATE: 'closed',
}

const WORDS: Readonly<Record<EgressFailureKind, string>> = {
  dns: 'the name does not resolve',
  blocked: 'blocked by the allow-list',
  refused: 'connection refused',
  unreachable: 'no route from here',
  timeout: 'no answer in time',
  slow: 'the answer trickles in too slowly',
  closed: 'connection closed before the answer was whole',
  certificate: 'the certificate is not trusted',
  tls: 'the TLS handshake failed; check port and scheme',
  protocol: 'the answer is not HTTP; check port and scheme',
  headers_too_large: 'the response headers are larger than 16 KiB',
  decode: 'the body is not what its content-encoding says',
  access: 'the server wants a client certificate, or another one: see client-cert',
}

/** Any error of sockets, TLS or the HTTP parser as an EgressFailure; `stage` decides what has no code of its own. */
export function asEgressFailure(error: unknown, stage: 'connect' | 'tls' | 'http'): EgressFailure {
  if (error instanceof EgressFailure) return error
  const code = codeOf(error)
  const kind = KIND_OF_CODE[code] ?? fallbackKind(code, stage)
  return new EgressFailure({ kind, message: wordsOf(kind, code), cause: error })
}

/** Codes of OpenSSL (RFC 8446, 6.2) and what to look at; the first group is what it says of an answer that is no TLS at all. */
const TLS_WORDS: readonly (readonly [RegExp, string])[] = [
  [/WRONG_VERSION_NUMBER$|PACKET_LENGTH_TOO_LONG$/, 'no TLS at this port, check it'],
  [
    /ALERT_(?:HANDSHAKE_FAILURE|PROTOCOL_VERSION|INSUFFICIENT_SECURITY)$|UNSUPPORTED_PROTOCOL$/,
    'no version or cipher in common',
  ],
  [/ALERT_UNRECOGNIZED_NAME$/, 'it does not know this name; see sni'],
]

function wordsOf(kind: EgressFailureKind, code: string): string {
  const found = kind === 'tls' ? TLS_WORDS.find(([codes]) => codes.test(code)) : undefined
  return found === undefined ? WORDS[kind] : `the TLS handshake failed: ${found[1]}`
}

export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/** Alerts of a server that wants another certificate of its client, or one at all (RFC 8446, 6.2); TLS 1.3 sends them after the handshake. */
const OF_CLIENT =
  /ALERT_(?:CERTIFICATE_(?:REQUIRED|UNKNOWN|EXPIRED|REVOKED)|(?:BAD|UNSUPPORTED)_CERTIFICATE|UNKNOWN_CA)$/

/**
 * The same after the server has shown its own certificate. In TLS 1.2 OpenSSL says no more than "handshake failure" to who shows none, as it
 * says of versions and ciphers; but those are settled before that.
 */
export function afterItsCertificate(failure: unknown): unknown {
  if (!(failure instanceof EgressFailure) || !/ALERT_HANDSHAKE_FAILURE$/.test(codeOf(failure.cause)))
    return failure
  return new EgressFailure({ kind: 'access', message: WORDS.access, cause: failure.cause })
}

function fallbackKind(code: string, stage: 'connect' | 'tls' | 'http'): EgressFailureKind {
  if (OF_CLIENT.test(code)) return 'access'
  if (code.startsWith('HPE_')) return 'protocol'
  if (stage === 'tls') return 'tls'
  return stage === 'connect' ? 'unreachable' : 'closed'
}
