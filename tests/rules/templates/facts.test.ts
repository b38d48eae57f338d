import { describe, expect, it } from 'vitest'
import { findCondition } from '#lib/templates/facts.ts'
import { parseTemplate } from '#lib/templates/parse.ts'

describe('conditional lines', () => {
  it.each([
    ['WebSocket connections working (if applicable)', 'Does the service use WebSockets?'],
    ['Secrets rotated if needed (API keys, passwords)', 'Do secrets have to be rotated for this release?'],
    [
      'Customer support notified (if user-facing changes)',
      'Does this release change anything that users see or do?',
    ],
    ['Sales/Account team notified (if new features)', 'Does this release bring new features?'],
    ['Update status page (if applicable)', 'Does this release call for a notice on the status page?'],
    ['API documentation updated (if changes)', 'Does this release change an interface that others call?'],
    ['Runbook updated (if new procedures)', 'Does this release need new operating procedures?'],
    ['Cache warmed (if using Redis)', 'Does this release use Redis?'],
    ['DBA on call (if schema changes)', 'Does this release have schema changes?'],
    ['DNS switched (where applicable)', 'Does this release call for “DNS switched”?'],
    [
      'Test in Safari (if targeting Macs)',
      'Does this release call for “Test in Safari” (if targeting Macs)?',
    ],
    ['Data moved, if necessary', 'Does this release call for “Data moved”?'],
  ])('%s', (text, question) => {
    expect(findCondition(text)?.question).toBe(question)
  })

  it.each([
    'Migrations are backwards-compatible (or rollback plan exists)',
    'Check whether it works',
    'Notify the team if the error rate rises',
    'Verify iframes',
  ])('are not: %s', (text) => {
    expect(findCondition(text)).toBeNull()
  })

  it('share one question where they share the condition, and take their section’s', () => {
    const { facts, items } = parseTemplate(
      '## A\n- [ ] Support told (if new features)\n- [ ] Sales told (if new features)\n## Mobile (if using iOS)\n- [ ] a\n### Deep\n- [ ] b (if new features)\n- [ ] c\n',
    )
    expect(facts.map(({ question, itemKeys }) => [question, itemKeys.length])).toEqual([
      ['Does this release bring new features?', 3],
      ['Does this release use iOS?', 2],
    ])
    expect(
      items.every(({ key, factKey }) =>
        facts.some((fact) => fact.key === factKey && fact.itemKeys.includes(key)),
      ),
    ).toBe(true)
  })
})
