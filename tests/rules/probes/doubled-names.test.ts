import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyFacts } from '#lib/probes/body-facts.ts'
import { doubledNames } from '#lib/probes/doubled-names.ts'
import { readJwt } from '#lib/probes/jwt.ts'
import { captured } from '#lib/probes/step-captures.ts'
import { probeOf } from './observations.ts'

function picksOf(rest: string, text: string): string[] {
  const bytes = new TextEncoder().encode(text)
  const read = { bytes, wireBytes: 1, encoding: null, cut: null }
  const { picks } = bodyFacts({ read, config: probeOf(`expect ${rest}`), charset: null, secrets: [] })
  return picks.map(({ type, value }) => (value === null ? type : `${type} ${value}`))
}

describe('a name that stands twice in JSON', () => {
  it.each([
    ['other values', '{"a":2,"a":1}'],
    ['the same value', '{"a":1,"a":1}'],
    ['null and blanks', '{ "a" : null , "b" : [ ] ,\n"a" : 1 }'],
    ['another spelling', String.raw`{"a":2,"\u0061":1}`],
    ['behind a text with quotes', String.raw`{"t":"\\\"{","a":2,"u":"\\","a":1}`],
  ])('has no value: %s', (_what, text) => {
    expect(picksOf('json a == 1', text)).toEqual(['doubled a'])
  })

  it('takes the value of what is below it, and of nothing else', () => {
    const text =
      '{"checks":{"db":{"ok":true,"ok":false},"web":{"ok":true}},"list":[{"ok":1},{"ok":1,"x":{"ok":2},"ok":3}],"twice":{"deep":1},"twice":{}}'
    expect(
      picksOf(
        'json checks.db.ok == true, json checks.web.ok == true, json list.0.ok == 1, json list.1.ok == 3, json list.1.x.ok == 2, json twice.deep == 1, json checks.no == 1',
        text,
      ),
    ).toEqual([
      ...['doubled checks.db.ok', 'boolean true', 'number 1', 'doubled list.1.ok', 'number 2'],
      ...['doubled twice', 'missing'],
    ])
  })

  it.each([
    ['names that nobody asks for', '{"x":1,"x":2,"a":1}'],
    ['in other objects', '{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}'],
    ['a name with a dot', '{"b.a":2,"a":1,"b":{"a":1}}'],
    ['values', '{"a":1,"b":"a","c":"a","list":["a","a"]}'],
    ['within texts', String.raw`{"t":"{\"a\":3,\\","u":"\\","a":1,"v":"\"a\""}`],
    ['in another case', '{"a":1,"A":2}'],
  ])('is not taken for one that only looks like it: %s', (_what, text) => {
    expect(picksOf('json a == 1', text)).toEqual(['number 1'])
  })

  it('is found in any JSON, and no other is', () => {
    const member = fc.tuple(
      fc.constantFrom('a', 'b', 'a.b', '"', '\\', 'é', '0', ''),
      fc.constantFrom('1', '"a"', '"\\\\"', '{"a":1}', '["a",{"a":1}]', 'null'),
      fc.boolean(),
    )
    const members = fc.array(member, { maxLength: 6 })
    const hex = (name: string) =>
      `"${[...name].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`
    fc.assert(
      fc.property(members, members, (outer, inner) => {
        const print = (of: typeof outer, more: string[] = []) =>
          `{${[...of.map(([name, value, isHex]) => `${isHex ? hex(name) : JSON.stringify(name)} :${value}`), ...more].join(' ,\n')}}`
        const text = `[${print(outer, [`"in": ${print(inner)}`])}]`
        JSON.parse(text)
        const isTwice = (of: typeof outer) => of.filter(([name]) => name === 'a').length > 1
        const found = doubledNames(text, ['0.a', '0.in.a', '0.in'])
        expect([found.has('0.a'), found.has('0.in.a'), found.has('0.in')]).toEqual([
          ...[isTwice(outer), isTwice(inner), false],
        ])
      }),
    )
  })

  it('is captured by no step, and says nothing in a token', () => {
    const capture = { name: 'token', from: 'json', at: 'token' } as const
    const seen = captured(capture, { headers: [], text: '{"token":"first","token":"second"}' })
    expect(seen).toMatchObject({ value: null, facts: { found: null, why: 'token stands twice' } })
    const part = (text: string) => Buffer.from(text).toString('base64url')
    const token = `${part('{"alg":"none","alg":"HS256"}')}.${part('{"iat":1,"exp":901,"exp":9}')}.x`
    expect(readJwt(token)).toEqual({ alg: null, iat: '1', exp: null })
  })

  it('costs little in a large body', () => {
    const text = JSON.stringify(
      Array.from({ length: 40_000 }, (_, id) => ({ id, name: `"${id}\\`, ok: true })),
    )
    const start = performance.now()
    expect(doubledNames(text, ['39999.ok', 'x']).size).toBe(0)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
