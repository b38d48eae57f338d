import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  namesIn,
  restoreValues,
  secretSounding,
  takeSecrets,
  withoutSecretValues,
} from '#lib/services/secret-lines.ts'
import { SECRET_BYTES, secretProblem } from '#lib/services/secrets.ts'
import { suggestEntries } from '#lib/services/suggest-entries.ts'
import { parseVariables } from '#lib/services/variables.ts'

const TEXT = `# the app
BASE_URL=https://a.example
API_TOKEN = abc-def-1
REDIS_URL=redis://:pw-1@cache:6379/0
EMPTY_KEY=
half`

describe('what should rather be a secret', () => {
  it('sounds like one or is an address with credentials, and has a value', () => {
    expect(secretSounding(TEXT)).toEqual(['API_TOKEN', 'REDIS_URL'])
    expect(namesIn(TEXT)).toEqual(['BASE_URL', 'API_TOKEN', 'REDIS_URL'])
  })

  it.each([
    ['https://host:8443/x@y', false],
    ['https://user@host', true],
    ['postgres://me:p:w@host/db', true],
    ['me@example.com', false],
  ])('%s: %j', (value, isOne) => {
    expect(secretSounding(`X=${value}`)).toEqual(isOne ? ['X'] : [])
  })
})

describe('taking secrets out of a text', () => {
  it('leaves their lines as comments, so that a line at fault keeps its number', () => {
    const { variables, secrets } = takeSecrets({ text: TEXT, names: ['API_TOKEN', 'REDIS_URL'] })
    expect(secrets).toEqual({ API_TOKEN: 'abc-def-1', REDIS_URL: 'redis://:pw-1@cache:6379/0' })
    expect(variables.split('\n')).toEqual([
      '# the app',
      'BASE_URL=https://a.example',
      '# API_TOKEN',
      '# REDIS_URL',
      'EMPTY_KEY=',
      'half',
    ])
    expect(parseVariables(variables)).toMatchObject({ problem: expect.stringContaining('Line 6') })
  })

  it('leaves a second line of one name to be refused', () => {
    const { variables, secrets } = takeSecrets({ text: 'A=first-1\nA=second-2', names: ['A'] })
    expect(secrets).toEqual({ A: 'first-1' })
    expect(variables).toBe('# A\nA=second-2')
  })
})

describe('a draft', () => {
  it('holds no value that is a secret, and gets those of the saved text back', () => {
    const kept = withoutSecretValues({ text: TEXT, names: ['BASE_URL'] })
    expect(kept).toBe('# the app\nBASE_URL=\nAPI_TOKEN=\nREDIS_URL=\nEMPTY_KEY=\nhalf')
    expect(restoreValues({ text: kept, base: 'API_TOKEN=abc-def-1' })).toContain('API_TOKEN=abc-def-1')
  })

  it('holds nothing of a password at any moment while it is typed', () => {
    // Of letters that the rest of the line does not have: “re” of a password is also in “redis”.
    const password = fc.stringMatching(/^[acfjklquwyz%!-]{4,12}$/)
    const scheme = fc.constantFrom('redis', 'rediss', 'postgres', 'https', 'mongodb+srv')
    fc.assert(
      fc.property(scheme, password, (name, secret) => {
        const line = `STORE_URL=${name}://me:${secret}@host:1/x`
        for (let end = 1; end <= line.length; end += 1)
          expect(withoutSecretValues({ text: line.slice(0, end), names: [] })).not.toContain(
            secret.slice(0, 2),
          )
      }),
    )
    expect(withoutSecretValues({ text: 'API_TOKEN=a', names: [] })).toBe('API_TOKEN=')
  })

  it('holds a plain address while it is typed', () => {
    const line = 'BASE_URL=https://a.example:8443/app'
    for (let end = 1; end <= line.length; end += 1)
      expect(withoutSecretValues({ text: line.slice(0, end), names: [] })).toBe(line.slice(0, end))
    expect(withoutSecretValues({ text: 'X=https://[::1]:80/', names: [] })).toBe('X=https://[::1]:80/')
  })
})

describe('a secret’s value', () => {
  it('is one line, long enough to be masked and not too long to be sent', () => {
    expect(secretProblem('123456')).toBeNull()
    expect(secretProblem('12345')).toContain('at least 6')
    expect(secretProblem('a\nbcdefg')).toContain('one line')
    expect(secretProblem('é'.repeat(SECRET_BYTES / 2))).toBeNull()
    expect(secretProblem('é'.repeat(SECRET_BYTES / 2 + 1))).toContain('at most 4000 bytes')
  })
})

it('addresses of a cache and a database are offered to be allowed, with their usual ports', () => {
  const variables = 'REDIS_URL=rediss://:pw@cache.example\nDATABASE_URL=postgresql://me@db.example/app'
  expect(suggestEntries({ variables, allowList: '' })).toEqual(['db.example:5432', 'cache.example:6379'])
})
