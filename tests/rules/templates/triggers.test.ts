import { describe, expect, it } from 'vitest'
import { parseTemplate } from '#lib/templates/parse.ts'
import { isTriggerHeading, parseThreshold } from '#lib/templates/triggers.ts'

const manual = { metric: null, op: null, value: null, unit: null }

describe('the threshold of a trigger', () => {
  it.each([
    ['Error rate exceeds 1%', 'error_rate', '>', '1', '%'],
    ['p95 latency exceeds 2 seconds', 'latency_p95', '>', '2', 's'],
    ['Error rate > 0.1 %', 'error_rate', '>', '0.1', '%'],
    ['**P99** response time above 500ms for 5 min', 'latency_p99', '>', '500', 'ms'],
    ['CPU ≥ 80 percent', 'cpu', '>=', '80', '%'],
    ['Availability drops below 99,9%', 'availability', '<', '99.9', '%'],
    ['Outage longer than expected', null, null, null, null],
    ['More than 3 crashes', 'crashes', '>', '3', 'count'],
    ['Downtime over 2 hours', 'downtime', '>', '2', 'h'],
  ])('%s', (text, metric, op, value, unit) => {
    expect(parseThreshold(text)).toEqual({ metric, op, value, unit })
  })

  it.each([
    'Critical security vulnerability discovered',
    'Data integrity issues detected',
    'Error rate 1%',
    '> 5%',
  ])('is left to a person: %s', (text) => {
    expect(parseThreshold(text)).toEqual(manual)
  })
})

describe('lists of triggers', () => {
  it('stand under a heading or a line that says so', () => {
    const { triggers, items } = parseTemplate(
      '## Rollback\n### Triggers\n- Error rate > 5%\n- [ ] Data lost\n\nRollback triggers:\n- p95 > 2s\n\n## Other\n- plain\n',
    )
    expect(triggers.map(({ text, value, line }) => [text, value, line])).toEqual([
      ['Error rate > 5%', '5', 3],
      ['Data lost', null, 4],
      ['p95 > 2s', '2', 7],
    ])
    expect(items.map(({ text }) => text)).toEqual(['Data lost'])
  })

  it('do not stand under a heading that uses the verb', () => {
    expect(isTriggerHeading('Trigger the nightly sync')).toBe(false)
    expect(isTriggerHeading('When to roll back')).toBe(true)
  })
})
