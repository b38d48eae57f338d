import { describe, expect, it } from 'vitest'
import { readEnv } from '#lib/server/env.ts'

const base = {
  DATABASE_URL: 'postgresql://localhost/x',
  NEXTAUTH_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
}

describe('the mail server', () => {
  it('is named together with the sender, or not at all', () => {
    const both = { SMTP_URL: 'smtps://a:b@mail.example.com', MAIL_FROM: 'Countersign <alerts@example.com>' }
    expect(readEnv({ ...base, ...both })).toMatchObject(both)
    expect(readEnv(base).SMTP_URL).toBeUndefined()
    for (const one of [{ SMTP_URL: both.SMTP_URL }, { MAIL_FROM: both.MAIL_FROM }])
      expect(() => readEnv({ ...base, ...one })).toThrow(
        /MAIL_FROM (is not set|and SMTP_URL belong together)/,
      )
  })

  it.each([
    ['http://mail.example.com', 'alerts@example.com', 'SMTP_URL must be an smtp:// or smtps:// address'],
    ['smtp://mail.example.com', 'nobody', 'MAIL_FROM must be an address'],
    ['smtp://mail.example.com', 'A <a@example.com>, b@example.com', 'MAIL_FROM must be an address'],
    ['smtp://mail.example.com', 'a@example.com\r\nBcc: b@example.com', 'MAIL_FROM must be an address'],
  ])('%s with %j is refused', (SMTP_URL, MAIL_FROM, words) => {
    expect(() => readEnv({ ...base, SMTP_URL, MAIL_FROM })).toThrow(words)
  })
})
