import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { variablesIn } from '#lib/probes/texts.ts'
import type { TemplateItem, TemplateModel } from '#lib/templates/model.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { decodeSource } from '#lib/templates/source-bytes.ts'
import { SUGGESTION_RULES, suggestProbes } from '#lib/templates/suggest.ts'
import { splitRow } from '#lib/templates/table-row.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const read = (path: string) => readFileSync(resolve(root, path), 'utf8')

/** Judged by hand, one line each; a rule of `-` is a line that no rule may touch. */
const [, ...rows] = read('tests/rules/templates/suggestions-labelled.tsv').trimEnd().split('\n')
const labels = rows.map((row) => {
  const [
    source = '',
    line = '',
    section = '',
    text = '',
    detail = '',
    rule = '',
    probe = '',
    verdict = '',
    why = '',
  ] = row.split('\t')
  return { source, line, section, text, detail, rule, probe, verdict, why }
})
const judged = labels.filter(({ rule }) => rule !== '-')

const ENOUGH = 5
const PRECISE = 0.9

function modelOf({
  section,
  text,
  detail,
}: {
  section: string
  text: string
  detail: string
}): TemplateModel {
  const model = parseTemplate('# T\n\n## S\n\n- [ ] x\n')
  const items: TemplateItem[] = model.items.map((item) => ({ ...item, text, detail: detail || null }))
  return { ...model, items, sections: model.sections.map((one) => ({ ...one, path: section.split(' › ') })) }
}

const suggested = (text: string, section = 'Checks') =>
  suggestProbes(modelOf({ section, text, detail: '' })).map(({ rule, probe }) => `${rule}: ${probe}`)

describe('the labelled table', () => {
  it('has more than a hundred judged suggestions, each with its reason', () => {
    expect(judged.length).toBeGreaterThanOrEqual(100)
    for (const { verdict, why } of labels) {
      expect(['right', 'wrong']).toContain(verdict)
      expect(why).not.toBe('')
    }
  })

  it.each(labels)('$rule for “$text”', (label) => {
    const [found, ...more] = suggestProbes(modelOf(label))
    expect(more).toEqual([])
    expect({ rule: found?.rule ?? '-', probe: found?.probe ?? '-' }).toEqual({
      rule: label.rule,
      probe: label.probe,
    })
  })

  it('decides which rules are offered: right nine times in ten, judged at least five times', () => {
    const precise = SUGGESTION_RULES.filter(({ rule }) => {
      const own = judged.filter((label) => label.rule === rule)
      const right = own.filter(({ verdict }) => verdict === 'right').length
      return own.length >= ENOUGH && right / own.length >= PRECISE
    }).map(({ rule }) => rule)
    expect(SUGGESTION_RULES.filter(({ offered }) => offered).map(({ rule }) => rule)).toEqual(precise)
  })

  it('names no rule that is not there, and no rule has the name of another', () => {
    const names = SUGGESTION_RULES.map(({ rule }) => rule)
    expect(new Set(names).size).toBe(names.length)
    for (const { rule } of judged) expect(names).toContain(rule)
  })
})

describe('over the checklists of other teams', () => {
  const folder = process.env.CORPUS_DIR ?? resolve(root, '../shared/corpus')
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.md')) : []

  it('every suggestion has been judged, and every judged one is still made', () => {
    if (files.length === 0)
      process.stderr.write(`No checklists in ${folder}: nothing was suggested for them.\n`)
    const made = files.flatMap((file) => {
      const model = parseTemplate(decodeSource(new Uint8Array(readFileSync(resolve(folder, file)))).text)
      const items = new Map(model.items.map((item) => [item.key, item]))
      return suggestProbes(model).map(
        ({ itemKey, rule, probe }) => `${file}:${items.get(itemKey)?.line} ${rule} ${probe}`,
      )
    })
    const known = judged
      .filter(({ source }) => files.includes(source))
      .map(({ source, line, rule, probe }) => `${source}:${line} ${rule} ${probe}`)
    expect(made.toSorted()).toEqual(known.toSorted())
  })
})

describe('the production checklist', () => {
  const source = read('lib/templates/gallery/production-deployment.md')
  const shipped = parseTemplate(source)
  const bare = parseTemplate(source.replace(/<!-- probe: [\s\S]*?-->/g, ''))

  it('gets a suggestion for every item that it ships a probe for, and for no other', () => {
    const probed = shipped.items.filter(({ probe }) => probe !== null).map(({ text }) => text)
    const found = new Set(suggestProbes(bare).map(({ itemKey }) => itemKey))
    expect(bare.items.filter(({ key }) => found.has(key)).map(({ text }) => text)).toEqual(probed)
    expect(probed).toHaveLength(59)
  })
})

describe('the page about suggestions', () => {
  const cells = read('docs/suggestions.md')
    .split('\n')
    .map((line) => splitRow(line).map(({ text }) => text))
  const bare = read('lib/templates/gallery/production-deployment.md').replace(/<!-- probe: [\s\S]*?-->/g, '')
  const model = parseTemplate(bare)

  it('says for each item of the production checklist which rule reads it, or why none does', () => {
    const found = new Map(suggestProbes(model).map(({ itemKey, rule }) => [itemKey, rule]))
    const numbered = cells.filter(([number]) => /^\d+$/.test(number ?? ''))
    expect(numbered.map(([, text, rule]) => [text, rule])).toEqual(
      model.items.map(({ key, text }) => [text, found.get(key) ?? '—']),
    )
    for (const [, , , why] of numbered) expect(why).not.toBe('')
  })

  it('has the precision of each rule as the table gives it', () => {
    const said = new Map(
      cells.filter(([rule]) => SUGGESTION_RULES.some((one) => one.rule === rule)).map((row) => [row[0], row]),
    )
    for (const { rule, offered } of SUGGESTION_RULES) {
      const own = judged.filter((label) => label.rule === rule)
      const right = own.filter(({ verdict }) => verdict === 'right').length
      expect(said.get(rule)?.slice(2, 4)).toEqual([
        `${right} of ${own.length}`,
        offered ? 'yes' : 'when asked for',
      ])
    }
  })

  it('lists every variable that a suggestion may name', () => {
    const used = new Set(judged.flatMap(({ probe }) => variablesIn(probe)))
    const listed = cells.flatMap(([name]) => /^`([A-Z_]+)`$/.exec(name ?? '')?.[1] ?? [])
    expect([...used].toSorted()).toEqual(listed.toSorted())
  })
})

describe('a suggestion', () => {
  it.each([
    ['Fehlerrate unter 0,5 %', 'all < 0.5%'],
    ['Taux d’erreur inférieur à 1 %', 'all < 1%'],
    ['Tasa de error menor que 2%', 'all < 2%'],
    ['Hata oranı %1’in altında', 'all < 1%'],
    ['Уровень ошибок менее 0,1%', 'all < 0.1%'],
    ['错误率低于 1%', 'all < 1%'],
    ['エラー率 0.1%以下', 'all <= 0.1%'],
    ['معدل الأخطاء أقل من 1%', 'all < 1%'],
    ['p99 under 1.5 s', 'all < 1.5s'],
    ['Antwortzeit höchstens 300 Millisekunden', 'all <= 300ms'],
  ])('takes number and unit of “%s”', (text, condition) => {
    expect(suggested(text).join()).toContain(`expect ${condition}, min-samples`)
  })

  it.each([
    'p95 latency below 1,500 ms',
    'p95 latency is fine',
    'Error rate normal',
    'Error rate < 1% and p95 < 500ms',
    'Error rate above 5%',
    'Alert when error rate < 1%',
    'Cache hit rate > 90% for one key',
    'All tests passing and code reviewed',
    'All unit tests pass (minimum 80% coverage)',
    'Coverage of the business logic > 90%',
    'Backup restoration tested',
    'Rate limiting configured (100 requests per hour)',
    'Login with Google works',
    'No merge conflicts or unrelated changes',
    'Code reviewed by: ____',
    'Dependencies scanned for vulnerabilities',
    'Environment variables verified for production',
    'On-call team notified of deployment',
    'POST `/health` returns 200',
    '`/health` and `/ready` return 200',
    'SSL certificate renewal automated',
    'SSL certificates valid and renewed every 60 days',
    'Buy SSL certificate',
    '[SSL certificates valid](https://x.test/a)',
  ])('is not made for “%s”', (text) => {
    expect(suggested(text)).toEqual([])
  })

  it.each([
    [
      '`GET /api/v2/status` returns 204',
      `endpoint-status: http $\{BASE_URL}/api/v2/status expect status == 204`,
    ],
    [
      '`/admin` returns 401 without a session',
      `endpoint-status: http $\{BASE_URL}/admin expect status == 401`,
    ],
    [
      'Referrer-Policy: strict-origin',
      `header-named: http $\{BASE_URL}/ expect header referrer-policy == "strict-origin"`,
    ],
    [
      'SSL-Zertifikat gültig, noch 45 Tage',
      `certificate: tls $\{BASE_URL} expect trusted, hostname, days-left >= 45`,
    ],
    ['Brotli compression enabled', `compression: delivery $\{BASE_URL}/ expect compressed br`],
    ['Branch coverage at least 75 %', 'coverage: report coverage expect branches >= 75%'],
    ['Integration test coverage: 60%+', 'coverage: report coverage "integration" expect lines >= 60%'],
    ['Alle Tests bestanden', 'tests-pass: report tests expect tests >= 1, failed == 0'],
    ['No high or critical CVEs', 'vulnerabilities: report findings expect critical == 0, high == 0'],
    [
      'At least 2 approvals on the merge request',
      `reviewed: forge gitlab $\{FORGE_REPOSITORY} token $\{FORGE_TOKEN} expect approved, approvals >= 2`,
    ],
    [
      'Code reviewed and merged',
      `reviewed: forge github $\{FORGE_REPOSITORY} token $\{FORGE_TOKEN} expect approved, merged`,
    ],
    [
      'Database backup taken within 6 hours',
      'backup: heartbeat "database-backup" expect age < 6h, size > 0B, status ok',
    ],
    [
      'DNS A record points to 192.0.2.7',
      `dns-resolves: dns $\{DOMAIN} A expect rcode NOERROR, answer 192.0.2.7`,
    ],
    [
      'Cookies are HttpOnly and Secure',
      `cookie-flags: cookies $\{BASE_URL}/ expect all secure, all http-only`,
    ],
    [
      'TLS 1.3 only',
      `tls-version: tls $\{BASE_URL} expect version >= 1.3, refuses 1.0, refuses 1.1, refuses 1.2`,
    ],
  ])('reads “%s”', (text, probe) => {
    expect(suggested(text)).toEqual([probe])
  })

  it('takes how long a token lives from the line, and not one of two times', () => {
    expect(suggested('JWT expiration set to 30 minutes').join()).toContain('expect jwt token exp-iat <= 30m')
    expect(suggested('Access token expiry of 15 minutes or 7 days')).toEqual([])
  })

  it('leaves nothing out where a variable is missing: a person has seen it', () => {
    expect(judged.filter(({ probe }) => probe.includes('if-set'))).toEqual([])
  })

  it('is not made for an item that has a probe', () => {
    const line = '- [ ] `/health` returns 200'
    expect(
      suggestProbes(parseTemplate(`${line} <!-- probe: http https://x.test expect status == 200 -->\n`)),
    ).toEqual([])
    expect(suggestProbes(parseTemplate(`${line}\n`))).toHaveLength(1)
  })

  it('takes the health path that the document names elsewhere, if it is one', () => {
    const about = (path: string) => `# T\n\n- [ ] Health check passes\n- [ ] Somebody read ${path}\n`
    const first = (source: string) => suggestProbes(parseTemplate(source))[0]?.probe
    expect(first(about('`/api/healthz`'))).toBe('http $' + '{BASE_URL}/api/healthz expect status == 200')
    expect(first(about('`/healthz` and `/ready`'))).toBe('http $' + '{BASE_URL}/health expect status == 200')
  })

  it('is text that stands whole inside a comment and parses, whatever the line', () => {
    const words = fc.constantFrom(
      ...[
        'p95',
        '<',
        '> 90%',
        '500 ms',
        'error rate',
        'cache hit rate',
        '/health',
        '200',
        'HSTS',
        '-->',
        '"',
        '`',
        '\\',
      ],
      ...[
        'TLS 1.2',
        'cpu',
        'redis running',
        'https://x.test/health',
        'gzip',
        'SSL certificate valid',
        '30 days',
        '%',
      ],
    )
    const text = fc.array(fc.oneof(words, fc.string({ maxLength: 12, unit: 'grapheme' })), { maxLength: 12 })
    fc.assert(
      fc.property(text, (some) => {
        for (const { probe } of suggestProbes(
          modelOf({ section: 'S', text: some.join(' '), detail: some.join('\n') }),
        )) {
          expect(parseProbe(probe).ok).toBe(true)
          expect(probe).not.toMatch(/-->|--!>|\n/)
        }
      }),
      { numRuns: 60 },
    )
  })
})
