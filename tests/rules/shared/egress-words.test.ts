import { describe, expect, it } from 'vitest'
import { asEgressFailure } from '#lib/server/egress/failure.ts'

const coded = (code: string) => Object.assign(new Error('x'), { code })
const wordsOf = (code: string, stage: 'connect' | 'tls' | 'http') =>
  asEgressFailure(coded(code), stage).message

describe('what is said of an exchange that broke off', () => {
  it.each([
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'the TLS handshake failed: no TLS at this port, check it'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'the TLS handshake failed: no TLS at this port, check it'],
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'the TLS handshake failed: no version or cipher in common'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'the TLS handshake failed: no version or cipher in common'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'the TLS handshake failed: no version or cipher in common'],
    [
      'ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME',
      'the TLS handshake failed: it does not know this name; see sni',
    ],
    ['ERR_SSL_DECODE_ERROR', 'the TLS handshake failed; check port and scheme'],
  ])('in TLS, by %s', (code, words) => {
    expect(wordsOf(code, 'tls')).toBe(words)
  })

  it('names port and scheme where no HTTP answers, and takes no code of TLS for another stage', () => {
    expect(wordsOf('HPE_INVALID_CONSTANT', 'http')).toBe('the answer is not HTTP; check port and scheme')
    expect(wordsOf('ERR_SSL_WRONG_VERSION_NUMBER', 'http')).toBe(
      'connection closed before the answer was whole',
    )
  })
})
