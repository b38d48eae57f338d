import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTemplate } from '#lib/templates/parse.ts'
import { parseItemSettings, parseStageName } from '#lib/templates/settings.ts'
import { parseSlot } from '#lib/templates/slot-scope.ts'

const item = (source: string) => parseTemplate(source).items[0]

describe('annotations beside an item', () => {
  it('set what they name, at the line’s end, on the next line, or below inside the item', () => {
    const expected = { ownerRole: 'DevOps', minGrade: 'witnessed', stage: 'verify', text: 'a' }
    const settings = '<!-- item: role=DevOps grade=witnessed stage=verify -->'
    expect(item(`- [ ] a ${settings}\n`)).toMatchObject(expected)
    expect(item(`- [ ] a\n  ${settings}\n`)).toMatchObject(expected)
    expect(item(`- [ ] a\n${settings}\n`)).toMatchObject(expected)
    expect(item(`- [ ] a\n  - detail\n\n  ${settings}\n`)).toMatchObject({ ...expected, detail: '- detail' })
    expect(item(`| Check | Done |\n|---|---|\n| a ${settings} | ☐ |\n`)).toMatchObject({
      ownerRole: 'DevOps',
    })
  })

  it.each([
    ['', 'there is none here', 'write a probe beside it, or take grade=observed away'],
    [
      ', shadow',
      'the one here is in shadow',
      'remove "shadow" from the probe, or grade=observed until the probe counts',
    ],
    [
      ', if-set',
      'a run may go without the one here',
      'remove "if-set" from the probe, or take grade=observed away',
    ],
  ])('do not ask for the grade that only a probe can give which always counts: %j', (more, why, fix) => {
    const probe = more === '' ? '' : `<!-- probe: http \${BASE_URL}/ expect status == 200${more} -->`
    const problems = (source: string) => parseTemplate(source).problems
    const message = `grade=observed needs a probe that counts, and ${why}: the item could never be done`
    const written = `- [ ] a\n- [ ] b ${probe}\n  <!-- item: grade=observed -->\n`
    expect(problems(written)).toEqual([{ line: 3, column: 3, message, fix }])
    const overruled = `- [ ] b <!-- item: grade=observed --> ${probe} <!-- item: grade=claimed -->\n`
    expect(problems(overruled)).toEqual([])
    expect(problems(`- [ ] b <!-- item: grade=witnessed --> ${probe}\n`)).toEqual([])
    const counts = '<!-- probe: tcp localhost:80 expect open -->'
    expect(problems(`- [ ] b <!-- item: grade=observed --> ${counts}\n`)).toEqual([])
  })

  it('know every setting', () => {
    expect(
      item(
        '- [ ] a <!-- item: role="Release manager" optional shelf=24h note tags=CC8.1,164.312(b) id=a.b-1 -->',
      ),
    ).toMatchObject({
      key: 'a.b-1',
      ownerRole: 'Release manager',
      required: false,
      shelfLifeSeconds: 86_400,
      needsNote: true,
      tags: ['CC8.1', '164.312(b)'],
      minGrade: 'claimed',
    })
  })

  it('bring a probe, over several lines too', () => {
    expect(item(`- [ ] a <!-- probe: http $\{BASE_URL}/x expect status == 200 -->`)?.probe).toMatchObject({
      kind: 'http',
      url: `$\{BASE_URL}/x`,
    })
    expect(
      item(`- [ ] a\n  <!-- probe: http $\{BASE_URL}/x\n       expect status == 200 -->\n`)?.probe,
    ).not.toBeNull()
  })

  it('are text in code spans and fences', () => {
    const model = parseTemplate(
      '- [ ] write `<!-- item: optional -->`\n\n```\n<!-- item: nonsense -->\n```\n',
    )
    expect(model.problems).toEqual([])
    expect(model.items[0]).toMatchObject({ required: true, text: 'write `<!-- item: optional -->`' })
  })

  it('leave other comments alone', () => {
    expect(parseTemplate('<!-- note: x -->\n- [ ] a <!-- TODO: y -->\n<!-- [ ] z -->\n').problems).toEqual([])
  })
})

describe('a wrong annotation', () => {
  it.each([
    ['- [ ] a <!-- item: grade=gold -->', 1, 26, 'claimed, witnessed, observed', null],
    ['- [ ] a <!-- item: color=red -->', 1, 20, 'role=, grade=', null],
    ['- [ ] a <!-- item: optional required -->', 1, 29, 'twice', 'keep one of them'],
    ['- [ ] a <!-- item: shelf=1w -->', 1, 26, '24h', 'write shelf=24h'],
    ['- [ ] a <!-- item: shelf=90d -->', 1, 26, '30d', 'write shelf=24h'],
    ['- [ ] a <!-- item: id=-x -->', 1, 23, 'letter or digit', null],
    ['- [ ] a <!-- item: role="open -->', 1, 25, 'not closed', 'close it with "'],
    ['- [ ] a <!-- item: -->', 1, 19, 'role=', null],
    [`- [ ] a\n  <!-- probe: http $\{BASE_URL}/x -->`, 2, 34, 'expect', 'add: expect status == 200'],
    ['- [ ] a <!-- porbe: http x -->', 1, 14, 'no annotation', 'write probe:'],
    [`<!-- probe: http $\{A}/ expect status == 200 -->`, 1, 1, 'no item stands here', 'put the comment'],
    ['# T\n## S\n<!-- stage: later -->', 3, 13, 'prepare, deploy, verify, rollback', null],
    ['## S <!-- stage: deploy -->\n<!-- stage: verify -->', 2, 1, 'already', 'keep one'],
    ['<!-- slot: Security scope="Nowhere" -->', 1, 1, 'Nowhere', 'as its heading has it'],
    ['<!-- slot: Security scope=A B -->', 1, 29, 'comma', 'write scope="One","Two"'],
    [
      '- [ ] a <!-- probe: http http://h/ expect status == 200 --> <!-- probe: http http://h/ expect status == 200 -->',
      1,
      61,
      'one probe',
      'remove one',
    ],
  ])('%j is told with its place', (source, line, column, message, fix) => {
    const [problem, ...more] = parseTemplate(source).problems
    expect(more).toEqual([])
    expect(problem).toMatchObject({ line, column })
    expect(problem?.message).toContain(message)
    if (fix === null) expect(problem?.fix).toBeNull()
    else expect(problem?.fix).toContain(fix)
  })

  it('counts columns on lines that end in \\r\\n and behind a byte order mark', () => {
    const [problem] = parseTemplate('\uFEFFtext\r\n\r\n- [ ] a <!-- item: grade=gold -->').problems
    expect(problem).toMatchObject({ line: 3, column: 26 })
  })
})

describe('slots', () => {
  it('narrow a role of the table or bring a role of their own', () => {
    const { roles } = parseTemplate(
      '## Security\n- [ ] a\n## Other\n- [ ] b\n## Sign-off\n<!-- slot: Security scope="Security", "Other" -->\n<!-- slot: Legal -->\n\n| Role | Name | Date |\n|-|-|-|\n| Security | | |\n',
    )
    expect(roles.map(({ role, scope, place }) => [role, scope, place?.kind])).toEqual([
      ['Legal', null, undefined],
      ['Security', ['Security', 'Other'], 'row'],
    ])
  })
})

describe('the parsers of annotations', { timeout: 60_000 }, () => {
  it('take any text without throwing and point inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const parsed of [parseItemSettings(text), parseSlot(text), parseStageName(text)]) {
          if (parsed.ok) continue
          expect(parsed.problem.offset).toBeGreaterThanOrEqual(0)
          expect(parsed.problem.offset).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })

  it('read back what they are given', () => {
    const role = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,20}[A-Za-z]$/)
    const tag = fc.stringMatching(/^[A-Za-z0-9.()]{1,20}$/)
    fc.assert(
      fc.property(role, fc.uniqueArray(tag, { minLength: 1, maxLength: 5 }), (name, tags) => {
        const parsed = parseItemSettings(` tags=${tags.join(',')} role="${name}"  note `)
        expect(parsed).toEqual({ ok: true, value: { tags, role: name.trim(), needsNote: true } })
      }),
    )
  })
})
