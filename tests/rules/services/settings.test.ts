import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowListDiff, parseAllowList } from '#lib/services/allow-list.ts'
import { gateLine } from '#lib/services/gate-token.ts'
import { slugOf } from '#lib/services/names.ts'
import { suggestEntries } from '#lib/services/suggest-entries.ts'
import { parseVariables, printVariables, VARIABLE_BYTES, variablesDiff } from '#lib/services/variables.ts'

const problem = (text: string) => {
  const read = parseVariables(text)
  return read.ok ? null : read.problem
}

describe('variables', () => {
  it('are lines NAME=value; blank lines, comments and spaces around do not count', () => {
    expect(parseVariables('\n# app\nBASE_URL = https://a.example/?x=1 \r\nEMPTY=\n')).toEqual({
      ok: true,
      value: { BASE_URL: 'https://a.example/?x=1', EMPTY: '' },
    })
  })

  it.each([
    ['A=1\nB', 'Line 2: write NAME=value'],
    ['base=1', 'Line 1: “base” is no name'],
    ['1A=1', 'Line 1: “1A” is no name'],
    ['A=1\n\nA=2', 'Line 3: A stands above'],
    [`A=${'é'.repeat(VARIABLE_BYTES / 2 + 1)}`, 'Line 1: the value of A is longer'],
    ['A=a\tb', 'Line 1: the value of A holds a control character'],
    [`${'A'.repeat(65)}=1`, 'Line 1: a name has at most 64'],
  ])('%j is refused by its line', (text, words) => {
    expect(problem(text)).toContain(words)
  })

  it('come back as they were printed, whatever they hold', () => {
    const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/)
    const value = fc
      .string({ maxLength: 60 })
      .filter((text) => !/\p{Cc}|[\u2028\u2029]/u.test(text))
      .map((text) => text.trim())
    fc.assert(
      fc.property(fc.dictionary(name, value), (variables) => {
        const plain = { ...variables }
        expect(parseVariables(printVariables(plain))).toEqual({ ok: true, value: plain })
      }),
    )
  })

  it('differ by name', () => {
    expect(variablesDiff({ from: { A: '1', B: '2', C: '3' }, to: { A: '1', B: 'x', D: '4' } })).toEqual({
      added: ['D'],
      removed: ['C'],
      changed: ['B'],
    })
  })
})

describe('the allow-list', () => {
  it('is read line by line, spelled one way, without repetitions', () => {
    expect(parseAllowList('App.Example.com:443\n# internal\n10.0.0.0/8:5432\n\napp.example.com:443')).toEqual(
      {
        ok: true,
        value: ['app.example.com:443', '10.0.0.0/8:5432'],
      },
    )
  })

  it.each(['https://a.example', '*', '169.254.169.254', 'localhost', '10.0.0.1/8'])(
    'refuses %s and names its line',
    (entry) => {
      const read = parseAllowList(`ok.example:443\n${entry}`)
      expect(read.ok ? null : read.problem).toMatch(/^Line 2: /)
    },
  )

  it('tells what came and went', () => {
    expect(allowListDiff({ from: ['a:1', 'b:1'], to: ['b:1', 'c:1'] })).toEqual({
      added: ['c:1'],
      removed: ['a:1'],
    })
  })

  it('is offered what the variables need, and only that', () => {
    const variables =
      'BASE_URL=https://staging.example.com/app\nLOCAL=http://127.0.0.1:4010\nWORD=blue\nMETA=http://169.254.169.254/'
    expect(suggestEntries({ variables, allowList: '' })).toEqual([
      'staging.example.com:443',
      '127.0.0.1:4010',
    ])
    expect(suggestEntries({ variables, allowList: '127.0.0.1:4010' })).toEqual(['staging.example.com:443'])
    expect(suggestEntries({ variables: 'broken', allowList: '' })).toEqual([])
  })
})

describe('names and lines', () => {
  it('a slug comes from the name, or the name is refused', () => {
    expect(slugOf('Upstream Web')).toEqual({ slug: 'upstream-web' })
    for (const name of ['★', 'New', 'open']) expect(slugOf(name)).toHaveProperty('problem')
  })

  it('the pipeline’s line asks the gate and fails on a refusal', () => {
    const line = gateLine({
      publicUrl: 'https://cs.example',
      service: 'upstream-web',
      environment: 'production',
    })
    expect(line).toContain('curl --fail')
    expect(line).toContain('https://cs.example/api/v1/gate?service=upstream-web&environment=production')
  })
})
