import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isMailAddress,
  isWebhookAddress,
  type NoticeConfig,
  noticeVariables,
  parseNotice,
  printNotice,
} from '#lib/templates/notice.ts'
import { parseTemplate } from '#lib/templates/parse.ts'

const variable = (name: string) => `$\{${name}}`

function read(body: string): NoticeConfig {
  const parsed = parseNotice(body)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.value
}

function complaint(body: string): string {
  const parsed = parseNotice(body)
  return parsed.ok ? 'none' : parsed.problem.message
}

describe('a notice', () => {
  it('names receivers in their order, one acknowledgement being enough unless it says otherwise', () => {
    expect(read(` mail ${variable('A')}, webhook https://x.example/y, role "Data Officer" `)).toEqual({
      to: [
        { channel: 'mail', to: variable('A') },
        { channel: 'webhook', to: 'https://x.example/y' },
        { channel: 'role', to: 'Data Officer' },
      ],
      need: 'one',
    })
    expect(read('role DevOps, need all, text "Going live, tonight."')).toEqual({
      to: [{ channel: 'role', to: 'DevOps' }],
      need: 'all',
      text: 'Going live, tonight.',
    })
    expect(read('role DevOps, need 1')).toMatchObject({ need: 'one' })
    expect(
      noticeVariables(read(`mail ${variable('A')}, webhook ${variable('B')}/${variable('A')}, role C`)),
    ).toEqual(['A', 'B'])
  })

  it.each([
    ['', 'expected mail, webhook, role, need or text'],
    ['mail', '"mail" needs a receiver'],
    ['fax 123', 'expected mail, webhook, role, need or text'],
    ['mail a@example.com,', 'expected mail, webhook, role, need or text'],
    ['mail a@example.com, mail a@example.com', '"a@example.com" is named twice'],
    ['mail a@example.com\nbcc:b@example.com', 'expected a comma between two receivers'],
    ['webhook ftp://x.example', '"ftp://x.example" is no http or https address'],
    ['webhook https://user:pass@x.example', '"https://user:pass@x.example" is no http or https address'],
    [`mail ${'$'}{lower}`, `expected a variable such as ${variable('ONCALL_MAIL')}`],
    ['role DevOps, need all, need one', '"need" is set twice'],
    ['role DevOps, text "a", text "b"', '"text" is set twice'],
    ['role DevOps, text "a', 'a double quote is not closed'],
    [Array.from({ length: 11 }, (_, n) => `role R${n}`).join(', '), 'a notice has at most 10 receivers'],
  ])('%j is refused', (body, message) => expect(complaint(body)).toBe(message))

  it('prints as it reads', () => {
    const target = fc.oneof(
      fc
        .constantFrom('a@example.com', variable('ONCALL_MAIL'))
        .map((to) => ({ channel: 'mail' as const, to })),
      fc
        .constantFrom('https://x.example/a?b=c', variable('HOOK'))
        .map((to) => ({ channel: 'webhook' as const, to })),
      fc
        .constantFrom('DevOps', 'Data Protection Officer', 'A, B')
        .map((to) => ({ channel: 'role' as const, to })),
    )
    const notice = fc.record(
      {
        to: fc.uniqueArray(target, {
          minLength: 1,
          maxLength: 7,
          selector: ({ channel, to }) => `${channel} ${to}`,
        }),
        need: fc.constantFrom('one' as const, 'all' as const),
        text: fc
          .string({ minLength: 1, maxLength: 40 })
          .map((words) => words.replace(/["\s]+/g, ' ').trim() || 'x'),
      },
      { requiredKeys: ['to', 'need'] },
    )
    fc.assert(
      fc.property(notice, (config) => {
        expect(read(printNotice(config))).toEqual(config)
      }),
    )
  })

  it('stands beside one item, once', () => {
    const { items, problems } = parseTemplate(
      '- [ ] a <!-- notice: role DevOps -->\n      <!-- notice: role QA -->\n- [ ] b\n',
    )
    expect(items.map(({ notice }) => notice?.to.map(({ to }) => to))).toEqual([['DevOps'], undefined])
    expect(problems).toMatchObject([{ line: 2, message: 'an item has one notice; this is a second one' }])
    expect(parseTemplate('# T\n\n<!-- notice: role DevOps -->\n').problems).toMatchObject([
      { message: 'notice: no item stands here' },
    ])
  })
})

describe('an address', () => {
  it.each(['a@b', 'on-call+web@team.example.com', "o'neil@example.com"])('%s may be mailed to', (text) =>
    expect(isMailAddress(text)).toBe(true),
  )
  it.each([
    'a@example.com, b@example.com',
    'a@example.com\nbcc: b@example.com',
    'a b@example.com',
    '"a"@example.com',
    'A <a@example.com>',
    'a@[127.0.0.1]',
    'a@-x.example',
    '.a@example.com',
    'a..b@example.com',
    'a@example..com',
    '@example.com',
    `${'a'.repeat(65)}@example.com`,
  ])('%j may not', (text) => expect(isMailAddress(text)).toBe(false))
  it.each(['http:///x', 'https://a b', 'https://u@x.example', 'file:///etc/passwd', 'https:x'])(
    '%s is no webhook',
    (text) => expect(isWebhookAddress(text)).toBe(false),
  )
})
