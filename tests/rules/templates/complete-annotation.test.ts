import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { METHODS } from '#lib/probes/http-probe.ts'
import { grammarOf, KINDS as PROBES, PULLED_KINDS } from '#lib/probes/kinds.ts'
import { offersAt } from '#lib/templates/complete-annotation.ts'
import { parseTemplate } from '#lib/templates/parse.ts'

const OF_RUN = ['RUN_COMMIT', 'RUN_VERSION', 'RUN_DIGEST', 'RUN_NUMBER'].map((name) => `$\{${name}}`)
const vocabulary = {
  roles: ['DevOps', 'Data Protection Officer'],
  variables: ['BASE_URL', 'ASSET_URL'],
  sections: ['Security', 'Backup and restore'],
}
const offered = (before: string) => offersAt(before, vocabulary)?.offers.map(({ label }) => label) ?? null
/** The text after the offer of that label is taken. */
function taken(before: string, label: string): string {
  const found = offersAt(before, vocabulary)
  const offer = found?.offers.find((one) => one.label === label)
  if (!found || !offer) throw new Error(`${label} is not offered`)
  return before.slice(0, found.from) + offer.insert
}

describe('inside an annotation is offered', () => {
  it.each([
    ['- [ ] a <!--', ['probe:', 'item:', 'notice:', 'stage:', 'slot:']],
    ['- [ ] a <!-- it', ['probe:', 'item:', 'notice:', 'stage:', 'slot:']],
    ['<!-- item: role=', ['DevOps', 'Data Protection Officer']],
    ['<!-- item: grade=w', ['claimed', 'witnessed', 'observed']],
    ['<!-- item: optional stage=', ['prepare', 'deploy', 'verify', 'rollback']],
    ['<!-- stage: ', ['prepare', 'deploy', 'verify', 'rollback']],
    ['<!-- slot: ', ['DevOps', 'Data Protection Officer']],
    ['<!-- slot: DevOps ', ['scope=']],
    ['<!-- slot: DevOps scope=', ['Security', 'Backup and restore']],
    ['<!-- slot: DevOps scope="Security", "Ba', ['Security', 'Backup and restore']],
    ['<!-- notice: ', ['mail', 'webhook', 'role', 'need', 'text']],
    ['<!-- notice: mail ', ['${' + 'BASE_URL}', '${' + 'ASSET_URL}']],
    ['<!-- notice: role De', ['DevOps', 'Data Protection Officer']],
    ['<!-- notice: role DevOps, need ', ['one', 'all']],
    ['<!-- probe: ', [...PROBES]],
    ['<!-- probe: http $', ['${' + 'BASE_URL}', '${' + 'ASSET_URL}', ...OF_RUN]],
    ['<!-- probe: http ${' + 'BA', ['${' + 'BASE_URL}', '${' + 'ASSET_URL}', ...OF_RUN]],
    [
      '<!-- probe: http ${' + 'BASE_URL}/ expect ',
      [
        ...['status', 'header', 'body', 'json', 'time'],
        ...['http-version', 'tls', 'no-tls', 'final-url', 'header-age'],
      ],
    ],
    ['<!-- probe: report ', ['tests', 'coverage', 'findings', 'components']],
    ['<!-- probe: report coverage "unit" expect ', ['lines', 'branches', 'functions', 'statements']],
    ['<!-- probe: composite ', ['need']],
    ['<!-- probe: composite need a', ['all', 'any', 'weight', '2']],
    ['<!-- probe: composite need weight ', []],
    ['<!-- probe: composite need all ', ['part', 'timeout', 'shelf', 'allow', 'window']],
    ['<!-- probe: composite need all part ', []],
    ['<!-- probe: composite need all part "a b', []],
    ['<!-- probe: composite need all part "a b" ', ['veto', ...PULLED_KINDS]],
    ['<!-- probe: composite need weight 2 part a ', ['weight', 'veto', ...PULLED_KINDS]],
    ['<!-- probe: composite need weight 2 part a weight ', []],
    ['<!-- probe: composite need weight 2 part a weight 2 ve', ['veto', ...PULLED_KINDS]],
    ['<!-- probe: composite need weight 2 part a veto h', [...PULLED_KINDS]],
    ['<!-- probe: composite need all part a http ', ['${' + 'BASE_URL}', '${' + 'ASSET_URL}', ...METHODS]],
    ['<!-- probe: composite need all part a http x part b redis r expect ', grammarOf('redis').subjects],
    [
      '<!-- probe: composite need all part a redis r expect ping ',
      ['expect', 'warn', 'part', 'min-operations'],
    ],
    [
      '<!-- probe: composite need all part a http ${' + 'BA',
      ['${' + 'BASE_URL}', '${' + 'ASSET_URL}', ...OF_RUN],
    ],
  ])('after %s', (before, labels) => {
    expect(offered(before)).toEqual(labels)
  })

  it('no clause of looking where nothing is looked at', () => {
    expect(offered('<!-- probe: http http://a/ ')).toEqual(expect.arrayContaining(['timeout', 'window']))
    const pushed = offered('<!-- probe: report tests expect failed == 0 ')
    expect(pushed).toContain('shelf')
    for (const clause of ['timeout', 'window', 'retries', 'every']) expect(pushed).not.toContain(clause)
  })

  it('each setting once', () => {
    expect(offered('<!-- item: ')).toContain('role=')
    expect(offered('<!-- item: role=DevOps note ')).not.toContain('role=')
    expect(offered('<!-- item: role=DevOps note ')).not.toContain('note')
  })

  it('nothing outside, in a closed comment or in another comment', () => {
    for (const before of [
      '- [ ] a',
      '<!-- item: note -->',
      '<!-- todo: role=',
      '<!-- some words ',
      '<!-- item: tags=',
    ])
      expect(offered(before)).toBeNull()
  })
})

describe('what is taken', () => {
  it('makes an annotation that is read without a problem', () => {
    const role = taken(taken(taken('- [ ] a <!--', 'item:'), 'role='), 'Data Protection Officer')
    expect(role).toBe('- [ ] a <!-- item: role="Data Protection Officer"')
    const model = parseTemplate(`${taken(`${role} `, 'optional')} -->\n`)
    expect(model.problems).toEqual([])
    expect(model.items).toMatchObject([{ ownerRole: 'Data Protection Officer', required: false }])

    const scope = taken(
      taken(`${taken('<!-- slot: Da', 'Data Protection Officer')} `, 'scope='),
      'Backup and restore',
    )
    const slot = parseTemplate(`## Backup and restore\n- [ ] a\n\n${scope} -->\n`)
    expect(slot.problems).toEqual([])
    expect(slot.roles).toMatchObject([{ role: 'Data Protection Officer', scope: ['Backup and restore'] }])

    const probe = taken(`${taken('- [ ] a <!-- probe: http $', '${' + 'BASE_URL}')}/health exp`, 'expect')
    expect(parseTemplate(`${taken(`${probe} st`, 'status')} == 200 -->\n`).problems).toEqual([])
  })

  it('never begins after the cursor, whatever was typed', () => {
    const typed = fc.array(
      fc.constantFrom(
        '<!--',
        '-->',
        ' ',
        'item:',
        'probe:',
        'slot:',
        'role=',
        '"',
        '${' + 'A',
        ',',
        'scope=',
        'x',
        '\n',
      ),
    )
    fc.assert(
      fc.property(typed, (pieces) => {
        const before = pieces.join('')
        const found = offersAt(before, vocabulary)
        if (found) expect(found.from >= 0 && found.from <= before.length).toBe(true)
      }),
    )
  })
})
