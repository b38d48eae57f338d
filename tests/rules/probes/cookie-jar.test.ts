import { describe, expect, it } from 'vitest'
import { cookieHeader, withReceived } from '#lib/probes/cookie-jar.ts'
import { prefixFault, readSetCookie } from '#lib/probes/set-cookie.ts'

const now = new Date('2026-01-01T00:00:00Z')

/** What is sent to `then` after `lines` came from `from`. */
function sent(from: string, lines: string[], then: string) {
  const { jar, received } = withReceived([], { url: new URL(from), lines, now })
  return { header: cookieHeader(jar, new URL(then)), why: received.map((one) => one.why) }
}

describe('a jar of cookies', () => {
  const A = 'https://a.example/app/login'
  it.each<[string, string[], string, string | null]>([
    ['the same path and below', ['x=1'], 'https://a.example/app/list', 'x=1'],
    ['not beside it', ['x=1'], 'https://a.example/apple', null],
    ['not above it', ['x=1'], 'https://a.example/', null],
    ['everywhere with Path=/', ['x=1; Path=/'], 'https://a.example/', 'x=1'],
    ['another port, as browsers do', ['x=1; Path=/'], 'https://a.example:8443/', 'x=1'],
    ['not a subdomain', ['x=1; Path=/'], 'https://b.a.example/', null],
    ['subdomains with Domain', ['x=1; Path=/; Domain=.A.example'], 'https://b.a.example/', 'x=1'],
    ['not a foreign Domain', ['x=1; Path=/; Domain=b.example'], 'https://b.example/', null],
    ['Secure not without TLS', ['x=1; Path=/; Secure'], 'http://a.example/', null],
    ['over at once', ['x=1; Path=/', 'x=2; Path=/; Max-Age=0'], 'https://a.example/', null],
    ['expired', ['x=1; Path=/; Expires=Wed, 31 Dec 2025 23:59:59 GMT'], 'https://a.example/', null],
    [
      'Max-Age before Expires',
      ['x=1; Path=/; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
      'https://a.example/',
      'x=1',
    ],
    ['the last of a name', ['x=1; Path=/', 'x=2; Path=/'], 'https://a.example/', 'x=2'],
    ['longer paths first', ['x=1; Path=/', 'y=2; Path=/app'], 'https://a.example/app', 'y=2; x=1'],
    ['no cookie for a control character', ['x=1\u0001; Path=/'], 'https://a.example/', null],
    ['a value with =', ['x=a=b; Path=/'], 'https://a.example/', 'x=a=b'],
  ])('%s', (_title, lines, then, header) => {
    expect(sent(A, lines, then).header).toBe(header)
  })

  it('refuses what a browser would, and says why', () => {
    expect(sent('http://a.example/', ['x=1; Secure'], 'http://a.example/').why).toEqual([
      'it is Secure, and the connection is not',
    ])
    expect(sent('http://127.0.0.1:4100/', ['x=1; Secure'], 'http://127.0.0.1:4100/').header).toBe('x=1')
    expect(sent(A, ['__Host-x=1; Secure'], A).why).toEqual(['__Host-x has its prefix without Path=/'])
    expect(sent(A, ['x=1; Domain=example.org', '; ;'], A).why).toEqual([
      'its domain is example.org',
      'not a cookie',
    ])
  })

  it.each([
    ['__Host-a=1; Secure; Path=/', null],
    ['__host-a=1; Path=/', '__host-a has its prefix without Secure'],
    ['__Host-a=1; Secure; Path=/; Domain=a.example', '__Host-a has its prefix with a Domain'],
    ['__Host-a=1; Secure; Path=/x', '__Host-a has its prefix without Path=/'],
    ['__Secure-a=1; Secure', null],
    ['__Secure-a=1', '__Secure-a has its prefix without Secure'],
    ['a=1', null],
  ])('%s', (line, fault) => {
    const cookie = readSetCookie(line)
    expect(cookie && prefixFault(cookie)).toBe(fault)
  })
})
