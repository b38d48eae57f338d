import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsedJson, pick } from '#lib/probes/body-facts.ts'
import { EXCERPT_BYTES, excerptOf, maskSecrets, spellingsOf } from '#lib/probes/redact.ts'
import { nextHop } from '#lib/probes/redirect.ts'

const SECRET = 'Qx7!<"p&\'>~ /é+v9Zk'

describe('a secret that comes back in another spelling', () => {
  const hidden = spellingsOf([SECRET])
  const basic = (text: string) => Buffer.from(text).toString('base64')
  it.each([
    ['as it is', SECRET],
    ['in an address', encodeURIComponent(SECRET)],
    [
      'in an address, in small letters',
      encodeURIComponent(SECRET).replace(/%../g, (one) => one.toLowerCase()),
    ],
    ['in an address within an address', encodeURIComponent(encodeURIComponent(SECRET))],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(SECRET).slice(1, -1))],
    ['in a form', new URLSearchParams({ q: SECRET }).toString().slice(2)],
    ['as the query that a browser makes', new URL(`http://h/?${encodeURI(SECRET)}`).search.slice(1)],
    ['in JSON', JSON.stringify(SECRET)],
    [
      'in JSON of Go',
      JSON.stringify(SECRET).replace(/[<>&]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`),
    ],
    ['in JSON of PHP', JSON.stringify(SECRET).replaceAll('/', '\\/')],
    ['in JSON of Python', JSON.stringify(SECRET).replaceAll('é', '\\u00e9')],
    [
      'in HTML',
      SECRET.replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#39;'),
    ],
    ['in a host name', SECRET.toLowerCase()],
    ['in Base64', basic(SECRET)],
    ['in Base64 of addresses', Buffer.from(SECRET).toString('base64url')],
    ['in hexadecimal digits', Buffer.from(SECRET).toString('hex')],
  ])('%s it is masked', (_how, text) => {
    expect(maskSecrets(`before ${text} after`, hidden)).toMatch(/^before "?•••"?=* after$/)
  })

  it('as a password behind any user name it leaves no three of its characters in Base64', () => {
    for (const user of ['a', 'ab', 'abc', 'some-user'])
      for (const more of ['', ':', '::', ':::']) {
        const masked = maskSecrets(basic(`${user}:${SECRET}${more}`), hidden)
        const rest = masked.split('•••').map((part) => Buffer.from(part, 'base64').toString('latin1'))
        expect(masked, user).toContain('•••')
        for (let at = 0; at + 3 <= SECRET.length; at++)
          for (const part of rest) expect(part).not.toContain(SECRET.slice(at, at + 3))
      }
  })

  it('is masked in whatever other text, for every secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 6, maxLength: 60 }), (secret) => {
        const own = spellingsOf([secret])
        for (const text of [secret, encodeURIComponent(secret), JSON.stringify(secret)])
          expect(maskSecrets(text, own)).not.toContain(secret)
      }),
      { numRuns: 30 },
    )
  })
})

describe('what a text is cut to', () => {
  const secret = `sesame-${'opens-'.repeat(12)}`
  const hidden = spellingsOf([secret])

  it('holds no half of a secret, wherever it stands and however much the masks shorten', () => {
    for (let before = 0; before < secret.length; before += 7)
      for (const text of [
        `${'x'.repeat(before)}${secret.repeat(400)}`,
        `${'. '.repeat(EXCERPT_BYTES / 2 - before)}${secret} ${'. '.repeat(9000)}`,
        `${'. '.repeat(EXCERPT_BYTES - before)}${secret} ${'. '.repeat(9000)}`,
      ])
        expect(excerptOf(text, hidden)).not.toContain('sesame')
  })

  it('holds none in a value of JSON', () => {
    for (let before = 950; before <= 1030; before += 5) {
      const root = { value: { echo: `${'x'.repeat(before)}${secret}` }, doubled: new Set<string>() }
      expect(pick({ path: 'echo', root, secrets: hidden }).value).not.toContain('sesame')
    }
  })
})

describe('a number of JSON', () => {
  it('that is too long to keep is none, and not another one', () => {
    const long = `1234567890123456789012.${'0'.repeat(397)}e-20`
    const root = parsedJson(`{"value": ${long}, "usual": 9007199254740993}`, ['value', 'usual'])
    expect(pick({ path: 'value', root, secrets: [] })).toEqual({ path: 'value', type: 'number', value: null })
    expect(pick({ path: 'usual', root, secrets: [] }).value).toBe('9007199254740993')
  })
})

describe('a redirect to another origin', () => {
  const hop = {
    method: 'GET',
    url: new URL('https://a.example/'),
    headers: [
      { name: 'x-deploy', value: 'opaque-value-1' },
      { name: 'x-plain', value: 'plain' },
      { name: 'cookie', value: 'sid=1' },
    ],
  }
  const to = (location: string) =>
    nextHop({
      ...{ hop, location, status: 302, visited: ['GET https://a.example/'] },
      ...{ config: { redirects: { mode: 'follow', max: 5 } }, secrets: ['opaque-value-1'] },
    })

  it('takes no secret along, whatever the header is called', () => {
    expect(to('https://b.example/')).toMatchObject({ hop: { headers: [{ name: 'x-plain' }] } })
    expect(to('https://a.example:8443/')).toMatchObject({ hop: { headers: [{ name: 'x-plain' }] } })
    expect(to('/there')).toMatchObject({ hop: { headers: hop.headers } })
  })
})
