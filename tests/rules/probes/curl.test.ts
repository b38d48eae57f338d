import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curlOf } from '#lib/probes/curl.ts'
import type { HttpObservation } from '#lib/probes/observations/http.ts'
import type { RulesObservation } from '#lib/probes/observations/rules.ts'
import { ANSWER } from './observations.ts'

/** What a real shell would hand to curl. */
function words(command: string): string[] {
  const script = `curl() { for word; do printf '%s\\0' "$word"; done; }\n${command}`
  return execFileSync('sh', ['-c', script]).toString().split('\0').slice(0, -1)
}

function asked(request: Partial<NonNullable<HttpObservation['request']>>, connection = ANSWER.connection) {
  const whole = { method: 'GET', url: 'https://a.example/x', headers: [], ...request }
  return words(curlOf({ ...ANSWER, connection, request: whole }) ?? '')
}

const USUAL = ['--silent', '--show-error', '--include', '--globoff']
const PINNED = ['--resolve', 'a.example:80:192.0.2.1']

describe('the request of an observation as a curl command', () => {
  it('asks the address that was asked, under the name that was asked', () => {
    expect(asked({})).toEqual([...USUAL, '--http1.1', ...PINNED, 'https://a.example/x'])
  })
  it('asks an address that is its own name without pinning', () => {
    const connection = {
      host: '192.0.2.1',
      port: 80,
      addresses: ['192.0.2.1'],
      used: '192.0.2.1',
      allowedBy: null,
    }
    expect(asked({ url: 'http://192.0.2.1/' }, connection)).toEqual([...USUAL, 'http://192.0.2.1/'])
  })
  it('says the method, and the headers that curl would not send by itself', () => {
    const headers = [
      { name: 'accept', value: '*/*' },
      { name: 'accept-encoding', value: 'br' },
      { name: 'authorization', value: '•••' },
    ]
    expect(asked({ method: 'POST', headers })).toEqual([
      ...USUAL,
      '--request',
      'POST',
      '--http1.1',
      '--header',
      'accept-encoding: br',
      '--header',
      'authorization: •••',
      ...PINNED,
      'https://a.example/x',
    ])
    expect(asked({ method: 'HEAD' })).toContain('--head')
  })
  it('lets curl choose the version where HTTP/2 was chosen, and where TLS is not asked', () => {
    const response = { status: 200, httpVersion: '2.0', headers: [], headerNames: [] }
    const request = { method: 'GET', url: 'https://a.example/x', headers: [] }
    expect(words(curlOf({ ...ANSWER, request, response }) ?? '')).not.toContain('--http1.1')
    expect(asked({ url: 'http://a.example/x' })).not.toContain('--http1.1')
  })
  it('asks in TLS under another name, and in HTTP under the one that was sent', () => {
    const connection = {
      ...ANSWER.connection,
      host: '10.0.0.5',
      port: 8443,
      used: '10.0.0.5',
      serverName: 'b.example',
    }
    const whole = { addresses: ['10.0.0.5'], allowedBy: null, ...connection }
    expect(asked({ url: 'https://10.0.0.5:8443/x?y' }, whole)).toEqual([
      ...[...USUAL, '--http1.1', '--header', 'host: 10.0.0.5:8443'],
      ...['--resolve', 'b.example:8443:10.0.0.5', 'https://b.example:8443/x?y'],
    ])
    const host = [{ name: 'host', value: 'c.example' }]
    const both = asked({ url: 'https://10.0.0.5:8443/', headers: host }, whole)
    expect(both.filter((word) => word.startsWith('host:'))).toEqual(['host: c.example'])
  })
  it('names files for the client’s certificate and key, and nothing of them', () => {
    const client = { certificate: 'CLIENT_CERT', key: 'CLIENT_KEY' }
    const connection = ANSWER.connection && { ...ANSWER.connection, client }
    expect(asked({}, connection)).toEqual([
      ...[...USUAL, '--http1.1', '--cert', 'CLIENT_CERT.pem', '--key', 'CLIENT_KEY.pem'],
      ...[...PINNED, 'https://a.example/x'],
    ])
    expect(asked({ url: 'http://a.example/x' }, connection)).not.toContain('--cert')
  })
  it('names a file for the authorities that alone were trusted', () => {
    const connection = ANSWER.connection && { ...ANSWER.connection, ca: 'CORP_CA' }
    expect(asked({}, connection)).toEqual(expect.arrayContaining(['--cacert', 'CORP_CA.pem']))
    expect(asked({ url: 'http://a.example/x' }, connection)).not.toContain('--cacert')
  })
  it('leaves what a header is filled with to the shell, and nothing else of it', () => {
    const { kind: _kind, request: _none, response: _answer, body: _body, redirects: _way, ...base } = ANSWER
    const filledWith = (value: string): RulesObservation => ({
      ...{ ...base, kind: 'rules', requests: [], loaded: null },
      asked: { method: 'GET', url: 'https://a.example/', headers: [], filled: [{ name: 'x-token', value }] },
    })
    const said = (value: string) => words(`API_TOKEN='open sesame'\n${curlOf(filledWith(value))}`)
    expect(curlOf(filledWith('Bearer $' + '{API_TOKEN}'))).toContain('"x-token: Bearer $' + '{API_TOKEN}"')
    expect(said('Bearer $' + '{API_TOKEN}')).toContain('x-token: Bearer open sesame')
    const text = fc.string({ unit: fc.constantFrom(...`a'"$\`\\;&|(){}<> *?!#~`), maxLength: 30 })
    fc.assert(
      fc.property(text, (value) => {
        expect(said(value)).toContain(`x-token: ${value}`)
      }),
      { numRuns: 40 },
    )
  })
  it('pins an IPv6 address in brackets', () => {
    const connection = {
      host: 'a.example',
      port: 443,
      addresses: ['2001:db8::1'],
      used: '2001:db8::1',
      allowedBy: null,
    }
    expect(asked({}, connection)).toContain('a.example:443:[2001:db8::1]')
  })
  it('is nothing for what sent no request', () => {
    expect(curlOf({ ...ANSWER, request: null })).toBeNull()
  })
  it('lets no header break out of its word, whatever it holds', () => {
    const text = fc.string({ unit: fc.constantFrom(...`a'"$\`\\;&|(){}<> *?!#~`), maxLength: 30 })
    fc.assert(
      fc.property(text, (value) => {
        expect(asked({ headers: [{ name: 'x-note', value }] })).toContain(`x-note: ${value}`)
      }),
      { numRuns: 40 },
    )
  })
})
