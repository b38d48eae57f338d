import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { bodyFacts } from '#lib/probes/body-facts.ts'
import { hopKey, nextHop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { probeOf } from './observations.ts'

const variable = (name: string) => `$\{${name}}`
const base = variable('BASE_URL')

function plan(text: string, variables: Record<string, string>) {
  const parsed = parseProbe(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  if (parsed.config.kind !== 'http') throw new Error(parsed.config.kind)
  const planned = plannedRequest({ config: parsed.config, environment: { variables, name: 'staging' } })
  return planned.ok ? planned.hop.url.href : planned.message
}

describe('the first request', () => {
  const probe = `http ${base}/health/ expect status == 200`
  it.each([
    [{ BASE_URL: 'https://a.example' }, 'https://a.example/health/'],
    [{ BASE_URL: 'https://a.example/' }, 'https://a.example/health/'],
    [{ BASE_URL: 'https://a.example/app/' }, 'https://a.example/app/health/'],
    [{}, "BASE_URL is not set for staging. Set it on the environment's page, then run the probe again."],
    [
      { BASE_URL: '' },
      "BASE_URL is not set for staging. Set it on the environment's page, then run the probe again.",
    ],
    [
      { BASE_URL: 'a.example' },
      `${base}/health/ does not become an address in staging. Check its variables.`,
    ],
    [
      { BASE_URL: 'file://' },
      `${base}/health/ becomes a file: address in staging; only http and https can be probed.`,
    ],
    [
      { BASE_URL: 'https://me:pw@a.example' },
      `${base}/health/ holds a user name in staging. Send an authorization header instead.`,
    ],
  ])('with %j', (variables, wanted) => {
    expect(plan(probe, variables as Record<string, string>)).toBe(wanted)
  })

  it('names every missing variable once, and refuses a value that would break the head', () => {
    const both = `http ${base}/${variable('A')}/${variable('A')} expect status == 200, send x-id: "${variable('B')}"`
    expect(plan(both, {})).toContain('BASE_URL, A, B are not set for staging. Set them')
    expect(plan(both, { BASE_URL: 'http://a.example', A: '1', B: 'x\r\ny: z' })).toContain('x-id has a value')
  })

  it('does not read variables from the prototype', () => {
    expect(plan(`http http://a.example/${variable('CONSTRUCTOR')} expect status == 200`, {})).toContain(
      'CONSTRUCTOR is not set',
    )
  })
})

describe('a redirect', () => {
  const hop = {
    method: 'POST',
    url: new URL('https://a.example/x'),
    headers: [
      { name: 'authorization', value: 'Bearer x' },
      { name: 'accept', value: '*/*' },
    ],
  }
  const next = (rest: string, status: number, location: string | null, visited = [hopKey(hop)]) => {
    const answer = nextHop({
      hop,
      status,
      location,
      config: probeOf(`expect status == 200, redirects ${rest}`),
      visited,
    })
    if (answer.step === 'go')
      return `${answer.hop.method} ${answer.hop.url.href} ${answer.hop.headers.length}`
    return answer.step === 'stay' ? 'stay' : answer.message
  }
  it.each<[string, number, string | null, string]>([
    ['none', 302, '/y', 'stay'],
    ['follow', 200, '/y', 'stay'],
    ['follow', 304, '/y', 'stay'],
    ['follow', 302, null, 'stay'],
    ['follow', 301, '/y', 'GET https://a.example/y 2'],
    ['follow', 302, '/y', 'GET https://a.example/y 2'],
    ['follow', 303, '/y', 'GET https://a.example/y 2'],
    ['follow', 307, '/y', 'POST https://a.example/y 2'],
    ['follow', 308, 'https://b.example/', 'POST https://b.example/ 1'],
    ['follow', 308, 'https://a.example:444/', 'POST https://a.example:444/ 1'],
    [
      'same-host',
      308,
      'https://b.example/',
      'the redirect leaves for b.example, which same-host does not follow',
    ],
    ['same-host', 308, '//a.example/z', 'POST https://a.example/z 2'],
    ['follow', 302, 'http://a.example/', 'the redirect leads from https to http'],
    ['follow', 302, 'file:///etc/passwd', 'the redirect leads to file:'],
    ['follow', 302, 'gopher://127.0.0.1:6379/_x', 'the redirect leads to gopher:'],
    ['follow', 302, 'https://me@a.example/', 'the redirect holds a user name'],
    ['follow', 302, 'https://', 'the redirect leads to something that is not an address'],
    ['follow', 307, '/x', 'the redirects go round in a circle'],
  ])('%s %i to %s: %s', (rest, status, location, wanted) => {
    expect(next(rest, status, location)).toBe(wanted)
  })

  it('is followed as often as the probe says', () => {
    expect(next('follow 1', 307, '/y')).toContain('/y')
    expect(next('follow 1', 307, '/y', ['a', 'b'])).toBe('more than 1 redirect')
    expect(next('follow 2', 307, '/y', ['a', 'b'])).toContain('/y')
  })
})

describe('what is kept of a body', () => {
  const kept = (
    rest: string,
    text: string | Uint8Array,
    cut: 'limit' | null = null,
    charset: string | null = null,
  ) =>
    bodyFacts({
      read: {
        bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
        wireBytes: 1,
        encoding: null,
        cut,
      },
      config: probeOf(rest),
      charset,
      secrets: [],
    })

  it('answers what the conditions ask, with exact numbers', () => {
    const text =
      '{"a":{"b":[10,9007199254740993]},"rate":0.10,"no":null,"yes":true,"s":"x","__proto__":{"p":1}}'
    const rest =
      'expect json a.b.1 > 1, json rate < 1, json no == 1, json yes == true, json s == "x", json a == 1, json a.b == 1, json a.x == 1, json s.length == 1, json rate.source == "0.10", json toString == "x", json p == 1'
    expect(kept(rest, text).picks.map(({ type, value }) => [type, value])).toEqual([
      ['number', '9007199254740993'],
      ['number', '0.10'],
      ['null', null],
      ['boolean', 'true'],
      ['text', 'x'],
      ['object', null],
      ['array', null],
      ...Array(5).fill(['missing', null]),
    ])
  })

  it('has no digest and no values for a body that was cut', () => {
    const facts = kept('expect json a == 1, body contains "a"', '{"a":1}', 'limit')
    expect(facts).toMatchObject({ sha256: null, picks: [{ type: 'not_json' }], finds: [{ found: true }] })
  })

  it('survives hostile bodies', () => {
    expect(kept('expect json a == 1', '['.repeat(200_000)).picks).toEqual([
      { path: 'a', type: 'not_json', value: null },
    ])
    const deep = `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`
    expect(['object', 'not_json']).toContain(kept('expect json a == 1', deep).picks[0]?.type)
    expect(kept('expect json a == "x"', '{"a":"\\u0000\\ud800"}').picks[0]?.value).toBe('\ufffd\ufffd')
    expect(kept('expect body contains "é"', Uint8Array.of(0xe9), null, 'latin1').finds[0]?.found).toBe(true)
    expect(kept('expect body contains "é"', 'é', null, 'no-such-charset').finds[0]?.found).toBe(true)
  })
})
