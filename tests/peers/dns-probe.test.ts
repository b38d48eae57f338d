import type { Answer } from 'dns-packet'
import { describe, expect, it } from 'vitest'
import { AA, a, server, zone } from './dns-server.ts'
import { allow, look } from './servers.ts'

const NXDOMAIN = 3
const SERVFAIL = 2
const REFUSED = 5

const at = (asked: string, rest: string, ...servers: string[]) =>
  look(`dns ${asked} ${rest}${servers.map((one) => `, server ${one}`).join('')}`, {
    allowList: allow(...servers),
  })

describe('a DNS probe against a server of the test’s own', () => {
  it.each<[Answer[], string, string, string, string]>([
    [
      [a('192.0.2.1')],
      'A',
      'rcode NOERROR, answer 192.0.2.1, only 192.0.2.1, answers == 1, authoritative',
      'pass',
      '192.0.2.1',
    ],
    [[a('192.0.2.1')], 'A', 'answer 192.0.2.2', 'fail', '192.0.2.1 · wanted answer 192.0.2.2'],
    [[a('192.0.2.1'), a('192.0.2.2')], 'A', 'answer 192.0.2.2, answers >= 2', 'pass', '192.0.2.1, 192.0.2.2'],
    [[a('192.0.2.1'), a('192.0.2.2')], 'A', 'only 192.0.2.1', 'fail', '192.0.2.1, 192.0.2.2'],
    [[a('192.0.2.1', 60), a('192.0.2.2', 600)], 'A', 'ttl <= 5m', 'fail', '192.0.2.2: TTL 600 s'],
    [[a('192.0.2.1', 60)], 'A', 'ttl <= 5m', 'pass', 'TTL 60 s'],
    [[], 'A', 'ttl <= 5m', 'inconclusive', 'NOERROR, no answers'],
    [[], 'A', 'answers >= 1', 'fail', 'NOERROR, no answers'],
    [
      [{ type: 'CNAME', name: 'app.example', data: 'Edge.Example' }],
      'CNAME',
      'answer edge.example.',
      'pass',
      'Edge.Example',
    ],
    [
      [{ type: 'CNAME', name: 'app.example', data: 'edge.example' }, a('192.0.2.1')],
      'A',
      'only 192.0.2.1',
      'pass',
      '192.0.2.1',
    ],
    [
      [{ type: 'MX', name: 'app.example', data: { preference: 10, exchange: 'mx.example' } }],
      'MX',
      'answer "10 mx.example"',
      'pass',
      '10 mx.example',
    ],
    [
      [{ type: 'TXT', name: 'app.example', data: ['v=spf1 ', '-all'] }],
      'TXT',
      'answer "v=spf1 -all"',
      'pass',
      'v=spf1 -all',
    ],
    [
      [{ type: 'CAA', name: 'app.example', data: { flags: 0, tag: 'issue', value: 'letsencrypt.org' } }],
      'CAA',
      'only "0 issue \\"letsencrypt.org\\""',
      'pass',
      '0 issue "letsencrypt.org"',
    ],
    [
      [{ type: 'CAA', name: 'app.example', data: { flags: 0, tag: 'issue', value: 'stranger.example' } }],
      'CAA',
      'only "0 issue \\"letsencrypt.org\\""',
      'fail',
      'stranger.example',
    ],
    [
      [{ type: 'SRV', name: 'app.example', data: { port: 5060, target: 'sip.example', weight: 5 } }],
      'SRV',
      'answer "0 5 5060 sip.example"',
      'pass',
      'sip.example',
    ],
    [
      [{ type: 'SOA', name: 'app.example', data: { mname: 'ns.example', rname: 'x.example', serial: 42 } }],
      'SOA',
      'answer "ns.example 42"',
      'pass',
      'ns.example 42',
    ],
  ])('%j, %s expect %s: %s', async (answers, type, asked, outcome, line) => {
    const { judgement } = await at(`app.example ${type}`, `expect ${asked}`, await zone(...answers))
    expect(judgement).toMatchObject({ outcome })
    expect(judgement.line).toContain(line)
  })

  it('a name that is not there is an answer, a server that fails is none', async () => {
    const gone = await server(() => ({ flags: AA | NXDOMAIN }))
    const sick = await server(() => ({ flags: SERVFAIL }))
    const outcome = async (rest: string, where: string) =>
      (await at('app.example A', rest, where)).judgement.outcome
    expect(await outcome('expect rcode NXDOMAIN, answers == 0', gone)).toBe('pass')
    expect(await outcome('expect answer 192.0.2.1', gone)).toBe('fail')
    expect(await outcome('expect rcode NOERROR', sick)).toBe('fail')
    expect(await outcome('expect answers == 0', sick)).toBe('inconclusive')
    expect(await outcome('expect answer 192.0.2.1', sick)).toBe('inconclusive')
    expect(await outcome('expect only 192.0.2.1', sick)).toBe('inconclusive')
    const refusing = await server(() => ({ flags: AA | REFUSED }))
    for (const where of [sick, refusing, await server(() => ({ flags: AA | SERVFAIL }))]) {
      expect(await outcome('expect authoritative', where)).toBe('inconclusive')
      expect(await outcome('expect time < 5s', where)).toBe('inconclusive')
      expect(await outcome('expect time < 5s, warn rcode NOERROR', where)).toBe('inconclusive')
    }
    expect(await outcome('expect time < 5s, authoritative', gone)).toBe('pass')
    expect(await outcome('expect rcode REFUSED, time < 5s', refusing)).toBe('pass')
  })

  it('several servers agree, whatever the order, or one of them is named', async () => {
    const one = await zone(a('192.0.2.1'), a('192.0.2.2'))
    const two = await zone(a('192.0.2.2', 30), a('192.0.2.1', 31))
    const old = await zone(a('192.0.2.9'))
    const sick = await server(() => ({ flags: SERVFAIL }))
    expect((await at('app.example A', 'expect agree', one, two)).judgement.outcome).toBe('pass')
    const { judgement } = await at('app.example A', 'expect agree', one, two, old)
    expect(judgement).toMatchObject({ outcome: 'fail' })
    expect(judgement.line).toContain(`${old}: 192.0.2.9`)
    expect((await at('app.example A', 'expect agree', sick, sick)).judgement.outcome).toBe('inconclusive')
    const everywhere = await at('app.example A', 'expect answer 192.0.2.1', one, old)
    expect(everywhere.judgement).toMatchObject({ outcome: 'fail' })
    const silent = await at('app.example A', 'expect agree', one, '127.0.0.1:2')
    expect(silent.judgement).toMatchObject({ outcome: 'fail', line: '127.0.0.1:2: connection refused' })
  })

  it('what is no answer to the question is an error', async () => {
    for (const answer of [
      Buffer.from('hello, this is not DNS at all'),
      Buffer.from('000c000081800001000000000000c00c00010001', 'hex'),
    ]) {
      const where = await server(() => answer)
      const { judgement } = await at('app.example A', 'expect rcode NOERROR, timeout 500ms', where)
      expect(['error', 'fail']).toContain(judgement.outcome)
      expect(judgement.verdict).not.toBe('pass')
    }
    const other = await server(({ id = 0 }) => ({ id: (id + 1) % 65_536, answers: [a('192.0.2.1')] }))
    expect((await at('app.example A', 'expect answers >= 1', other)).judgement).toMatchObject({
      outcome: 'error',
      line: 'the answer is not DNS, or not to this question; check server',
    })
    const silent = await server(() => null)
    expect((await at('app.example A', 'expect answers >= 1, timeout 300ms', silent)).judgement.outcome).toBe(
      'fail',
    )
  })

  it('names and wanted texts take variables, and must become names', async () => {
    const where = await zone(a('192.0.2.1'))
    const seen = (variables: Record<string, string>) =>
      look(`dns app.$\{DOMAIN} A expect answer $\{ADDRESS}, server ${where}`, {
        variables,
        allowList: allow(where),
      })
    expect((await seen({ DOMAIN: 'example', ADDRESS: '192.0.2.1' })).judgement.outcome).toBe('pass')
    expect((await seen({ DOMAIN: 'exa mple', ADDRESS: 'x' })).judgement.line).toContain(
      'does not become a name',
    )
  })

  it('the system’s resolver is asked for names of the allow-list only', async () => {
    const { judgement } = await look('dns secret.stranger.example A expect rcode NOERROR', { allowList: [] })
    expect(judgement).toMatchObject({ outcome: 'blocked', verdict: 'inconclusive' })
    expect(judgement.line).toContain('not on this environment')
  })
})
