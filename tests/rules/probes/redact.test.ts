import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  EXCERPT_BYTES,
  excerptOf,
  isSensitiveName,
  maskSentHeader,
  maskSetCookie,
  maskUrl,
  maskUrlPasswords,
  redactText,
  secretsOf,
} from '#lib/probes/redact.ts'

const dashes = '-'.repeat(5)
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0In0', 'dBjftJeZ4CVP'].join('.')

describe('redaction', () => {
  it.each([
    [`token ${jwt} end`, jwt],
    ['Authorization: Bearer abcd.efgh', 'abcd.efgh'],
    ['{"password":"hunter2-and-more"}', 'hunter2-and-more'],
    ['client_secret=s3cr3tvalue&x=1', 's3cr3tvalue'],
    ["'api_key': 'k-123456'", 'k-123456'],
    ['sessionid=abcdef123; Path=/', 'abcdef123'],
    ['write to jo.doe+x@mail.example.org now', 'jo.doe'],
    ['card 4111 1111 1111 1111', '4111'],
    ['ssn 078-05-1120', '078-05'],
    ['mrn 123456789', '123456789'],
    [`${dashes}BEGIN PRIVATE KEY${dashes}\nMIIEvQIBADANBg\n${dashes}END PRIVATE KEY${dashes}`, 'MIIEvQ'],
    ['sha da39a3ee5e6b4b0d3255bfef95601890afd80709', 'da39a3ee'],
    ['AKIAIOSFODNN7EXAMPLEabcdefghijklmnopqrstuvwx', 'AKIA'],
  ])('%j loses its secret', (text, secret) => {
    expect(redactText(text, [])).not.toContain(secret)
  })

  it('leaves plain evidence alone', () => {
    const text = '{"status":"ok","version":"1.4.2","took":12.5,"at":"2026-02-03T04:05:06Z"}'
    expect(redactText(text, [])).toBe(text)
  })

  it('masks known secrets wherever they appear, with their parts', () => {
    const secrets = secretsOf({
      variables: {
        API_TOKEN: 'a b/c-token',
        BASE_URL: 'https://a.example',
        AUTH_URL: 'https://login.example',
        PIN_KEY: '1',
      },
      headers: [{ name: 'authorization', value: 'Bearer opaque-value' }],
    })
    expect(redactText('echo: opaque-value, a b/c-token, a%20b%2Fc-token, Bearer!', secrets)).toBe(
      'echo: •••, •••, •••, Bearer!',
    )
    expect(secrets).not.toContain('https://login.example')
  })

  it('keeps an excerpt in 4 KiB without cutting a secret or a character in two', () => {
    const edge = `${'x '.repeat(2045)}{"password":"tail-of-a-secret"} ${'é '.repeat(4000)}`
    const excerpt = excerptOf(edge, [])
    expect(new TextEncoder().encode(excerpt).byteLength).toBeLessThanOrEqual(EXCERPT_BYTES)
    expect(excerpt).not.toContain('tail')
    expect(excerpt.isWellFormed()).toBe(true)
    expect(excerptOf('a\u0000b\u001b[31m', [])).toBe('a b [31m')
  })

  it('masks addresses, headers and cookies by name', () => {
    expect(maskUrl('https://a.example/x?page=2&access_token=abc&sig=1#t', [])).toBe(
      'https://a.example/x?page=2&access_token=•••&sig=•••#t',
    )
    expect(maskSentHeader({ name: 'x-api-key', value: 'abc' }, [])).toEqual({
      name: 'x-api-key',
      value: '•••',
    })
    expect(maskSetCookie('sid=abc; Path=/; HttpOnly; Secure')).toBe('sid=•••; Path=/; HttpOnly; Secure')
    expect(['authorization', 'cookie', 'x-auth-token', 'accept'].map(isSensitiveName)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  it('knows the password in any address, as written and as meant', () => {
    const variables = {
      REDIS_URL: 'rediss://:p%40ss-word@cache:6379/1',
      BASE_URL: 'https://a.example',
      OTHER: 'a@b',
    }
    expect(secretsOf({ variables, headers: [] })).toEqual(
      expect.arrayContaining(['p%40ss-word', 'p@ss-word']),
    )
    expect(secretsOf({ variables: { BASE_URL: 'https://me@a.example', X: '://:@' }, headers: [] })).toEqual(
      [],
    )
  })

  it('hides passwords in addresses from those who only read settings', () => {
    expect(
      maskUrlPasswords('A=redis://:pw@h:1/0\nB=postgres://me:p:w@h/db?x=a@b\nC=https://a.example:8443/x@y'),
    ).toBe('A=redis://:•••@h:1/0\nB=postgres://me:•••@h/db?x=a@b\nC=https://a.example:8443/x@y')
  })

  it('takes linear time on hostile text', () => {
    for (const unit of ['a', 'a.', 'a@', '1 ', 'eyJ', 'password', 'Bearer ', '-----BEGIN A', '=', 'aA1+/'])
      expect(typeof redactText(unit.repeat(Math.ceil(8192 / unit.length)), [])).toBe('string')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) =>
        excerptOf(text, []).isWellFormed(),
      ),
    )
  })
})
