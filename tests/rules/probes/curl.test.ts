import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curlOf } from '#lib/probes/curl.ts'
import type { HttpObservation } from '#lib/probes/observations/http.ts'
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
    expect(asked({})).toEqual([...USUAL, ...PINNED, 'https://a.example/x'])
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
      '--header',
      'accept-encoding: br',
      '--header',
      'authorization: •••',
      ...PINNED,
      'https://a.example/x',
    ])
    expect(asked({ method: 'HEAD' })).toContain('--head')
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
