import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { meantAddress } from '#lib/probes/meant.ts'
import { parseTemplate } from '#lib/templates/parse.ts'

const BASE = '$' + '{BASE_URL}'
const AND = 'conditions are joined with commas'

/** What people write who know other tools, or speak: each is answered with what to write here. */
describe('a probe in other words', () => {
  it.each([
    ['constructor == 200', '"constructor" is not known here', null],
    ['__proto__ == 200', '"__proto__" is not known here', null],
    ['status == 200, retry 3', '"retry" is not known here', 'write retries'],
    ['response-time < 2s', '"response-time" is not known here', 'write time'],
    ['time < 2 sec', '"sec" is not a unit', 'write 2s'],
    ['time < 500msecs', '"msecs" is not a unit', 'write 500ms'],
    ['time < 2', 'a time needs its unit', 'write 2s'],
    ['json ok == true and time < 2s', `"and" is not known here: ${AND}`, 'write a comma in place of and'],
    ['status == 200 && time < 2s', `"&&" is not known here: ${AND}`, 'write a comma in place of &&'],
    ['status == 200; time < 2s', 'an HTTP status is a number from 100 to 599', 'write 200,'],
    ['status == 200 ; time < 2s', `";" is not known here: ${AND}`, 'write a comma in place of ;'],
    [
      'status == 200 or status == 204',
      '"or" is not known here: all conditions of a probe must hold',
      'write the values as a list, or a composite probe',
    ],
    ['status == 200 header x == "y"', 'a comma is missing before "header"', 'write , header'],
    ['json items[0].id == 3', 'this is no path into a JSON body', 'write items.0.id'],
    [`json $['a'].b == 3`, 'this is no path into a JSON body', 'write a.b'],
    ['json status == ok', 'a text that JSON is compared with stands in quotes', 'write "ok"'],
    ['json == 3', 'this is no path into a JSON body', null],
    ['status == 200, every 10s', 'this must be from 1m to 1d, in whole seconds', 'write 5m'],
  ])('http … expect %s', (said, message, fix) => {
    expect(parseProbe(`http http://a/ expect ${said}`)).toMatchObject({
      ok: false,
      problem: { message, fix },
    })
  })

  it.each([
    ['http http://a/ status == 200', '"expect" is missing before "status"', 'write expect status'],
    ['ssl a.example expect trusted', '"ssl" is not known here', 'write tls'],
    ['delivery http://a/ expect compressed brotli', '"brotli" is not known here', 'write br'],
    ['sse http://a/ expect first-event < 2', 'first-event needs a unit of time', 'write 2s'],
    ['tls a.example expect version >= 1.5', 'there is no TLS 1.5', 'write version >= 1.2'],
    ['tcp mail.example expect open', 'this is not host:port', null],
  ])('%s', (text, message, fix) => {
    expect(parseProbe(text)).toMatchObject({ ok: false, problem: { message, fix } })
  })

  it.each([
    ['BASE_URL/health', `${BASE}/health`],
    ['$BASE_URL/health', `${BASE}/health`],
    ['$' + '{base_url}/health', `${BASE}/health`],
    ['{{BASE_URL}}/health', `${BASE}/health`],
    [`"${BASE}/health"`, `${BASE}/health`],
    ['/health', `${BASE}/health`],
    ['app.example.com/health', 'https://app.example.com/health'],
    ['health', null],
    ['ftp://a/', null],
  ])('the address %s', (written, meant) => expect(meantAddress(written)).toBe(meant))
})

describe('an annotation without its colon', () => {
  const told = (comment: string) => parseTemplate(`- [ ] a\n${comment}`).problems

  it.each([
    [`<!-- probe http ${BASE}/ expect status == 200 -->`, 'probe'],
    [`<!-- probe htp ${BASE}/ expect status == 200 -->`, 'probe'],
    ['<!-- item role=DevOps -->', 'item'],
    ['<!-- notice mail a@example.com -->', 'notice'],
  ])('%s is a problem and no silence', (comment, kind) => {
    const message = `"${kind}" is no annotation without its colon`
    expect(told(comment)).toEqual([{ line: 2, column: 6, message, fix: `write ${kind}:` }])
  })

  it.each([
    '<!-- probe the new cluster before noon -->',
    '<!-- item two is for later -->',
    '<!-- notice that this differs -->',
    '<!-- probes are below -->',
  ])('%s is left alone', (comment) => expect(told(comment)).toEqual([]))

  it('says what to write for e-mail', () => {
    expect(told('<!-- notice: email a@example.com -->')).toMatchObject([{ fix: 'write mail' }])
  })
})
