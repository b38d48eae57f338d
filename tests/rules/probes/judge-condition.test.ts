import { describe, expect, it } from 'vitest'
import { judge } from '#lib/probes/judge.ts'
import type { JsonPick } from '#lib/probes/observations/http.ts'
import { answerWith, probeOf } from './observations.ts'

type Seen = Parameters<typeof answerWith>[0]
const P = 'pass'
const F = 'fail'
const I = 'inconclusive'

/** Judges one condition next to an honest status, and gives the outcome. */
function outcome(condition: string, seen: Seen): string {
  const status = condition.startsWith('status') ? '' : 'status >= 100, '
  return judge(probeOf(`expect ${status}${condition}`), answerWith(seen)).outcome
}

describe('status', () => {
  it.each<[string, [string, string, string]]>([
    ['status == 200', [F, P, F]],
    ['status != 200', [P, F, P]],
    ['status < 200', [P, F, F]],
    ['status <= 200', [P, P, F]],
    ['status > 200', [F, F, P]],
    ['status >= 200', [F, P, P]],
    ['status in (199, 201)', [P, F, P]],
    ['status in (200)', [F, P, F]],
  ])('%s at 199, 200, 201: %j', (condition, wanted) => {
    expect([199, 200, 201].map((status) => outcome(condition, { status }))).toEqual(wanted)
  })

  it('is expected to be 2xx when nothing is said about it', () => {
    const config = probeOf('expect header server present')
    const seen = (status: number) => judge(config, answerWith({ status, headers: { server: 'x' } })).outcome
    expect([199, 200, 204, 299, 300, 404, 500].map(seen)).toEqual([F, P, P, P, F, F, F])
    expect(judge(config, answerWith({ headers: { server: 'x' } })).conditions[0]?.text).toContain('implied')
  })

  it('is still expected when only a warning is about it', () => {
    const config = probeOf('expect header server present, warn status == 200')
    expect(judge(config, answerWith({ status: 500, headers: { server: 'x' } })).outcome).toBe(F)
  })
})

describe('headers', () => {
  it.each<[string, Record<string, string>, string]>([
    ['header x-frame-options == "DENY"', { 'x-frame-options': 'DENY' }, P],
    ['header x-frame-options == "DENY"', { 'x-frame-options': 'deny' }, P],
    ['header X-Frame-Options == "DENY"', { 'x-frame-options': 'SAMEORIGIN' }, F],
    ['header x-frame-options == "DENY"', { 'x-frame-options': 'DENY, SAMEORIGIN' }, F],
    ['header x-frame-options == "DENY"', {}, F],
    ['header x-frame-options != "DENY"', { 'x-frame-options': 'SAMEORIGIN' }, P],
    ['header x-frame-options != "DENY"', { 'x-frame-options': 'Deny' }, F],
    ['header x-frame-options != "DENY"', {}, I],
    ['header cache-control contains "immutable"', { 'cache-control': 'public, Immutable' }, P],
    ['header cache-control contains "immutable"', { 'cache-control': 'public' }, F],
    ['header cache-control contains "immutable"', {}, F],
    ['header server lacks "nginx/1"', { server: 'nginx' }, P],
    ['header server lacks "nginx"', { server: 'NGINX/1.2' }, F],
    ['header server lacks "nginx"', {}, I],
    ['header content-encoding in (gzip, br, zstd)', { 'content-encoding': 'br' }, P],
    ['header content-encoding in (gzip, br, zstd)', { 'content-encoding': 'identity' }, F],
    ['header content-encoding in (gzip, br, zstd)', {}, F],
    ['header content-security-policy present', { 'content-security-policy': "default-src 'self'" }, P],
    ['header content-security-policy present', {}, F],
    ['header x-powered-by absent', {}, P],
    ['header x-powered-by absent', { 'x-powered-by': 'PHP' }, F],
  ])('%s of %j: %s', (condition, headers, wanted) => {
    expect(outcome(condition, { headers })).toBe(wanted)
  })

  it.each<[string, [string, string, string]]>([
    ['max-age == 300', [F, P, F]],
    ['max-age != 300', [P, F, P]],
    ['max-age < 300', [P, F, F]],
    ['max-age <= 300', [P, P, F]],
    ['max-age > 300', [F, F, P]],
    ['max-age >= 300', [F, P, P]],
  ])('a directive, %s at 299, 300, 301: %j', (condition, wanted) => {
    const seen = ['299', '300', '301'].map((age) =>
      outcome(`header strict-transport-security ${condition}`, {
        headers: { 'strict-transport-security': `includeSubDomains; Max-Age="${age}"; preload` },
      }),
    )
    expect(seen).toEqual(wanted)
  })

  it.each<[string, string | undefined, string]>([
    ['max-age >= 300', undefined, F],
    ['max-age >= 300', 'includeSubDomains', F],
    ['max-age >= 300', 's-max-age=9000', F],
    ['max-age >= 300', 'max-age=', I],
    ['max-age >= 300', 'max-age', I],
    ['max-age >= 300', 'max-age=forever', I],
    ['max-age >= 300', 'max-age=NaN', I],
    ['max-age >= 300', 'max-age=Infinity', I],
    ['max-age >= 300', 'max-age=1e9', I],
    ['max-age >= 300', 'max-age=1, max-age=900', F],
    ['max-age <= 300', undefined, I],
    ['max-age < 300', 'public', I],
    ['max-age != 300', 'public', I],
    ['max-age == 300', 'public', F],
    ['max-age > 9007199254740993', 'max-age=9007199254740993', F],
    ['max-age >= 9007199254740993', 'max-age=9007199254740992', F],
  ])('a directive, %s of %j: %s', (condition, value, wanted) => {
    const headers: Record<string, string> = value === undefined ? {} : { 'cache-control': value }
    expect(outcome(`header cache-control ${condition}`, { headers })).toBe(wanted)
  })

  it('does not judge a value that was not kept', () => {
    const seen = answerWith({})
    if (seen.response !== null) seen.response.headerNames = ['set-cookie']
    const verdict = (condition: string) => judge(probeOf(`expect ${condition}`), seen).outcome
    expect(verdict('header set-cookie lacks "x"')).toBe(I)
    expect(verdict('header set-cookie in (x)')).toBe(I)
    expect(verdict('header set-cookie max-age >= 1')).toBe(I)
    expect(verdict('header set-cookie present')).toBe(P)
    expect(verdict('header set-cookie absent')).toBe(F)
  })
})

describe('body', () => {
  const looked = (found: boolean, cut: 'limit' | null = null): Seen => ({
    body: { finds: [{ text: 'Welcome', found }], cut, bytes: 9 },
  })
  it.each<[string, Seen, string]>([
    ['body contains "Welcome"', looked(true), P],
    ['body contains "Welcome"', looked(false), F],
    ['body contains "Welcome"', looked(true, 'limit'), P],
    ['body contains "Welcome"', looked(false, 'limit'), I],
    ['body lacks "Welcome"', looked(false), P],
    ['body lacks "Welcome"', looked(true), F],
    ['body lacks "Welcome"', looked(true, 'limit'), F],
    ['body lacks "Welcome"', looked(false, 'limit'), I],
    ['body contains "Welcome"', { body: null }, I],
    ['body lacks "Welcome"', { body: null }, I],
    ['body contains "other"', looked(true), I],
    ['body lacks "other"', looked(false), I],
  ])('%s of %j: %s', (condition, seen, wanted) => {
    expect(outcome(condition, seen)).toBe(wanted)
  })
})

describe('JSON', () => {
  const number = (value: string): JsonPick => ({ path: 'a', type: 'number', value })
  const word = (type: JsonPick['type'], value: string | null = null): JsonPick => ({ path: 'a', type, value })

  it.each<[string, [string, string, string]]>([
    ['json a == 0.1', [F, P, F]],
    ['json a != 0.1', [P, F, P]],
    ['json a < 0.1', [P, F, F]],
    ['json a <= 0.1', [P, P, F]],
    ['json a > 0.1', [F, F, P]],
    ['json a >= 0.1', [F, P, P]],
    ['json a as % < 0.001 ratio', [P, F, F]],
    ['json a as % == 0.001 ratio', [F, P, F]],
    ['json a as s <= 100ms', [P, P, F]],
  ])('%s at 0.05, 0.1, 0.3: %j', (condition, wanted) => {
    const seen = ['0.05', '1e-1', '0.30'].map((value) =>
      outcome(condition, { body: { picks: [number(value)] } }),
    )
    expect(seen).toEqual(wanted)
  })

  it.each<[string, JsonPick, string]>([
    ['json a == "ok"', word('text', 'ok'), P],
    ['json a == "ok"', word('text', 'OK'), F],
    ['json a != "ok"', word('text', 'no'), P],
    ['json a != "ok"', word('text', 'ok'), F],
    ['json a == true', word('boolean', 'true'), P],
    ['json a == true', word('boolean', 'false'), F],
    ['json a != false', word('boolean', 'true'), P],
    ['json a == "true"', word('boolean', 'true'), I],
    ['json a == true', word('text', 'true'), I],
  ])('%s of %j: %s', (condition, pick, wanted) => {
    expect(outcome(condition, { body: { picks: [pick] } })).toBe(wanted)
  })

  const noNumber: JsonPick[] = [
    word('missing'),
    word('null'),
    word('object'),
    word('array'),
    word('not_json'),
    word('text', '0'),
    word('text', 'NaN'),
    word('boolean', 'true'),
    number('NaN'),
    number('Infinity'),
    number(''),
    { path: 'other', type: 'number', value: '0' },
  ]
  it.each(['==', '!=', '<', '<=', '>', '>='])('no data is never an answer: json a %s 0', (op) => {
    for (const pick of noNumber) expect(outcome(`json a ${op} 0`, { body: { picks: [pick] } })).toBe(I)
    expect(outcome(`json a ${op} 0`, { body: { picks: [] } })).toBe(I)
    expect(outcome(`json a ${op} 0`, { body: null })).toBe(I)
  })
})

describe('time', () => {
  it.each<[string, [string, string, string]]>([
    ['time < 500ms', [P, F, F]],
    ['time <= 0.5s', [P, P, F]],
    ['time > 500ms', [F, F, P]],
    ['time >= 500ms', [F, P, P]],
  ])('%s at 499.9, 500, 500.1: %j', (condition, wanted) => {
    expect(['499.9', '500', '500.1'].map((total) => outcome(condition, { total }))).toEqual(wanted)
  })

  it('is unknown when it was not measured', () => {
    expect(outcome('time < 500ms', { total: null })).toBe(I)
    expect(outcome('time < 500ms', { total: 'NaN' })).toBe(I)
  })
})
