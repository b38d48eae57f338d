import { describe, expect, it } from 'vitest'
import { shown } from '#lib/probes/shown.ts'
import { shownCondition } from '#lib/probes/shown-condition.ts'
import { ANSWER } from './observations.ts'

const condition = (text: string, observed: string, wanted: string) =>
  shownCondition({ level: 'expect', text, observed, wanted, result: 'true' })

describe('a condition in a table', () => {
  it('says a place once', () => {
    expect(condition('step 1 of 2, “a: b”: status == 200', 'step 1 of 2, “a: b”: status 200', '200')).toEqual(
      {
        text: 'step 1 of 2, “a: b”: status == 200',
        seen: 'status 200',
        wanted: null,
      },
    )
    expect(condition('agree', '192.0.2.1: NOERROR', 'agree').seen).toBe('192.0.2.1: NOERROR')
  })

  it.each([
    ['days-left >= 14', '≥ 14', null],
    ['time < 500ms', '< 500ms', null],
    ['status in (401, 403)', 'one of 401, 403', 'one of 401, 403'],
    ['open (implied)', 'an event stream', 'an event stream'],
  ])('%s with %s', (text, wanted, left) => {
    expect(condition(text, 'seen', wanted).wanted).toBe(left)
  })
})

const address = (connection: Partial<NonNullable<(typeof ANSWER)['connection']>>) =>
  shown({
    ...ANSWER,
    connection: {
      host: 'app.example.com',
      port: 443,
      addresses: ['192.0.2.1'],
      used: '192.0.2.1',
      allowedBy: 'app.example.com:443',
      ...connection,
    },
  }).facts.find(({ term }) => term === 'Address')?.text

describe('the address of an observation', () => {
  it.each([
    [{}, 'app.example.com:443 at 192.0.2.1'],
    [{ host: '192.0.2.1', allowedBy: '192.0.2.1:443' }, '192.0.2.1:443'],
    [{ host: '::1', addresses: ['::1'], used: '::1', allowedBy: '[::1]:443' }, '[::1]:443'],
    [
      { addresses: ['192.0.2.1', '192.0.2.2'], allowedBy: '*.example.com' },
      'app.example.com:443 at 192.0.2.1, of 192.0.2.1, 192.0.2.2; allowed by *.example.com',
    ],
    [{ used: null, allowedBy: null }, 'app.example.com:443, none reached of 192.0.2.1'],
    [{ used: null, allowedBy: null, addresses: [] }, 'app.example.com:443, no address'],
  ])('of %j is %s', (connection, text) => {
    expect(address(connection)).toBe(text)
  })
})
