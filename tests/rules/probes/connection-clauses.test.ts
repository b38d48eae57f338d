import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { variablesOf } from '#lib/probes/config.ts'
import { printProbe } from '#lib/probes/print.ts'
import { nextHop } from '#lib/probes/redirect.ts'
import { isHostName } from '#lib/probes/texts.ts'

const HEAD = 'http https://a.example/ expect status == 200'
const CLIENT = 'client-cert $' + '{CERT} key $' + '{KEY}'

function read(text: string) {
  const parsed = parseProbe(text)
  if (!parsed.ok) throw new Error(`${parsed.problem.message} at ${parsed.problem.offset}`)
  return parsed.config
}

describe('what a probe says of its connections', () => {
  it.each([
    `${HEAD}, host app.example.com, http1`,
    `${HEAD}, host $\{APP}.example.com, ca $\{CA}, ${CLIENT}, sni b.example`,
    `tls a.example:443 expect trusted, ${CLIENT}, sni $\{NAME}`,
    `redis rediss://a.example expect ping, ${CLIENT}`,
    `kubernetes https://a.example ca $\{CA} nodes expect ready, ${CLIENT}`,
    `composite need all part "a" ${HEAD}, ${CLIENT}, part "b" tls a.example:443 expect trusted, sni b.example`,
  ])('is read and printed: %s', (text) => {
    expect(printProbe(read(text))).toBe(text)
  })

  it('may stand before conditions', () => {
    expect(
      printProbe(read('http https://a.example/ sni b.example, expect status == 200, host c.example')),
    ).toBe(`${HEAD}, host c.example, sni b.example`)
  })

  it('names the variables that the environment must have', () => {
    const text = `${HEAD}, host $\{APP}, ca $\{CA}, ${CLIENT}, sni $\{NAME}`
    expect(variablesOf(read(text)).toSorted()).toEqual(['APP', 'CA', 'CERT', 'KEY', 'NAME'])
    const whole = read(
      `composite need any part "a" ${text} part "b" tls a.example:443 expect trusted, ${CLIENT}`,
    )
    expect(variablesOf(whole).toSorted()).toEqual(['APP', 'CA', 'CERT', 'KEY', 'NAME'])
  })

  it.each([
    [`${HEAD}, client-cert cert.pem key $\{KEY}`, 'the client-cert stands in a variable of the environment'],
    [`${HEAD}, client-cert $\{CERT}`, 'the key to the certificate'],
    [`${HEAD}, client-cert $\{CERT} key key.pem`, 'the key stands in a variable of the environment'],
    [`${HEAD}, host https://b.example`, 'this is not a host name'],
    [`${HEAD}, host b.example:8443`, 'this is not a host name'],
    [`${HEAD}, sni 10.0.0.5`, 'this is not a host name'],
    [`${HEAD}, sni B.example`, 'this is not a host name'],
    [`${HEAD}, http1, http1`, 'said twice'],
    [`${HEAD}, send host: b.example`, 'host is set by the probe itself'],
    [`${HEAD}, send http2-settings: AAMAAABk`, 'http2-settings is set by the probe itself'],
    [`http https://a.example/ expect http-version == 3`, 'probes speak HTTP/2 and HTTP/1.1'],
    [`tls a.example:443 expect trusted, host b.example`, 'host'],
    // Name servers are asked in the clear.
    [`dns a.example A expect rcode NOERROR, ${CLIENT}`, 'client-cert'],
    ['dns a.example A expect rcode NOERROR, ca $' + '{CA}', 'ca'],
    [`composite need all, sni b.example, part "a" ${HEAD} part "b" ${HEAD}`, 'sni'],
  ])('is refused in words: %s', (text, words) => {
    const parsed = parseProbe(text)
    expect(parsed.ok ? 'read' : `${parsed.problem.message} ${JSON.stringify(parsed.problem)}`).toContain(
      words,
    )
  })

  it.each([
    ['app.example.com', true],
    ['xn--bcher-kva.example', true],
    ['_dmarc.example.com', true],
    ['localhost', true],
    ['127.0.0.1', false],
    ['2130706433', false],
    ['0x7f000001', false],
    ['127.1', false],
    ['1.0x7f', false],
    ['[::1]', false],
    ['a.example.', false],
    ['-a.example', false],
    ['a b', false],
    ['a.example/x', false],
    ['a@b.example', false],
    ['', false],
  ])('a host name, %s: %s', (text, is) => {
    expect(isHostName(text)).toBe(is)
  })
})

describe('a redirect of a target that is asked under another name', () => {
  const to = (location: string, from = 'https://10.0.0.5:8443/a') => {
    const next = nextHop({
      hop: { method: 'GET', url: new URL(from), headers: [], host: 'app.example' },
      ...{ status: 302, location, visited: [], secrets: [] },
      config: { redirects: { mode: 'follow', max: 5 } },
    })
    return next.step === 'go' ? [next.hop.url.href, next.hop.host] : next.step
  }

  it.each([
    ['/b?c', 'https://10.0.0.5:8443/b?c', 'app.example'],
    ['https://app.example/b?c', 'https://10.0.0.5:8443/b?c', 'app.example'],
    ['https://app.example:8443/b', 'https://10.0.0.5:8443/b', 'app.example'],
    ['https://app.example:9443/b', 'https://10.0.0.5:9443/b', 'app.example'],
    ['https://other.example/b', 'https://other.example/b', undefined],
    ['https://10.0.0.5/b', 'https://10.0.0.5/b', 'app.example'],
  ])('to %s leads to %s as %s', (location, url, host) => {
    expect(to(location)).toEqual([url, host])
  })

  it('to https leads to the usual port there', () => {
    expect(to('https://app.example/b', 'http://10.0.0.5:8080/b')).toEqual([
      'https://10.0.0.5/b',
      'app.example',
    ])
  })

  it('that goes round is seen as such', () => {
    const hop = { method: 'GET', url: new URL('https://10.0.0.5/a'), headers: [], host: 'app.example' }
    const next = nextHop({
      ...{
        hop,
        status: 302,
        location: 'https://app.example/a',
        visited: ['GET https://10.0.0.5/a'],
        secrets: [],
      },
      config: { redirects: { mode: 'same-host', max: 5 } },
    })
    expect(next).toMatchObject({ step: 'refuse', message: 'the redirects go round in a circle' })
  })
})
