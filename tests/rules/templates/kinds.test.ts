import { describe, expect, it } from 'vitest'
import { exportRun } from '#lib/templates/export.ts'
import { findFencedList, unwrapFencedList } from '#lib/templates/fenced-list.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { stageOfHeading } from '#lib/templates/stages.ts'
import { isTriggerHeading, parseThreshold } from '#lib/templates/triggers.ts'

describe('more ways to write a box', () => {
  it.each([
    ['- 🔲 a\n- ✅ b\n', ['- ✅ a', '- ⬜ b']],
    ['- [] a\n', ['- [x] a']],
    ['- [\u00a0] a\n', ['- [x] a']],
    ['[ ] a\n[x] b\n', ['[x] a', '[ ] b']],
    [':white_large_square: a\n:white_check_mark: b\n', [':white_check_mark: a', ':white_large_square: b']],
    ['- &#9744; a\n', ['- &#9745; a']],
    [
      '- <input type="checkbox"> a\n- <input type="checkbox" checked> b\n',
      ['- <input type="checkbox" checked> a', '- <input type="checkbox"> b'],
    ],
    ['| a | b |\n|-|-|\n| ☐ words | x |\n', ['| a | b |', '|-|-|', '| ☑ words | x |']],
    ['| a | b |\n|-|-|\n| x | [ ] |\n', ['| a | b |', '|-|-|', '| x | [x] |']],
  ])('%j: every box turns in its own writing', (source, lines) => {
    const model = parseTemplate(source)
    const items = Object.fromEntries(
      model.items.map(({ key, checkedInSource }) => [key, { checked: !checkedInSource, lines: [] }]),
    )
    expect(model.items.length).toBeGreaterThan(0)
    expect(exportRun({ source, model, items, slots: [] }).trimEnd().split('\n')).toEqual(lines)
  })

  it.each([
    '- ☐ Yes ☐ No\n',
    '☐ Go ☐ No-Go\n',
    '| q | a |\n|-|-|\n| ok? | ☐ Yes ☐ No |\n',
    '**Status:** [ ] good [ ] bad\n',
    '| a | y | n | ? |\n|-|-|-|-|\n| x | ☐ | ☐ | ☐ |\n',
  ])('%j lets choose and is no item', (source) => expect(parseTemplate(source).items).toEqual([]))
})

describe('a bold line', () => {
  it.each([
    '**Check 1: Health**\n```sql\nSELECT 1;\n```\n- [ ] a\n',
    '✅ **Check 1: Health**\n\n- [ ] a\n',
    '**Check 1: Health** (before noon)\n- [ ] a\n',
    '**Check 1: Health**\n\n| a | b |\n|-|-|\n| x | ☐ |\n',
    '**Check 1: Health**\n\n☐ a\n',
  ])('%j heads the boxes below it', (source) => {
    const { items, sections } = parseTemplate(source)
    expect(sections.find(({ key }) => key === items[0]?.sectionKey)?.title).toContain('Check 1: Health')
  })

  it('heads nothing above plain bullets or another bold line', () => {
    const { sections } = parseTemplate('**Note**\n\n- plain\n\n**All metrics:**\n\n**Metric 1**\n- [ ] a\n')
    expect(sections.map(({ title }) => title)).toEqual(['Metric 1'])
  })
})

describe('what stands at an item', () => {
  it.each([
    ['- [ ] a\n  - **Owner:** Ana Ruiz\n  - Expected: 200 OK\n', 'Ana Ruiz', '200 OK'],
    ['- [ ] a (Owner: DevOps) (expected: no errors)\n', 'DevOps', 'no errors'],
    ['- [ ] a @ana-ruiz\n', '@ana-ruiz', null],
    ['- [ ] a\n  - Verantwortlich: Ops\n  - Erwartetes Ergebnis: grün\n', 'Ops', 'grün'],
    ['- [ ] a\n  - 负责人：小王\n  - 预期结果：200\n', '小王', '200'],
    ['- [ ] a\n  ```bash\n  curl x\n  # Ожидается: 200 OK\n  ```\n', null, '200 OK'],
    ['- [ ] a\n  - Respuesta esperada:\n\n    ```json\n    {"ok": true}\n    ```\n', null, '{"ok": true}'],
    ['| Check | Owner | Expected | Done |\n|-|-|-|-|\n| a | Bo | PASS | ☐ |\n', 'Bo', 'PASS'],
    ['- [ ] a\n  - Owner: ______\n  - Expected: [TODO]\n', null, null],
    ['- [ ] a\n  - [ ] b\n    - Owner: Cy\n', null, null],
  ])('%j: owner %j, expected %j', (source, owner, expected) => {
    expect(parseTemplate(source).items[0]).toMatchObject({ owner, expected })
  })

  it('is links, those by reference looked up', () => {
    const [item] = parseTemplate(
      '- [ ] read [the guide](https://a.test/x) and [runbook][r], [Logs]\n  - https://b.test/y\n\n[r]: https://c.test/z\n[logs]: <https://d.test>\n[evil]: javascript:alert(1)\n',
    ).items
    expect(item?.links).toEqual([
      { text: 'the guide', href: 'https://a.test/x' },
      { text: 'runbook', href: 'https://c.test/z' },
      { text: 'Logs', href: 'https://d.test/' },
      { text: 'https://b.test/y', href: 'https://b.test/y' },
    ])
  })
})

describe('thresholds in other words and languages', () => {
  it.each([
    ['> 10% error rate sustained for > 15 minutes', 'error_rate', '>', '10', '%'],
    ['Fehlerrate über 5 %', 'error_rate', '>', '5', '%'],
    ['Antwortzeit (p95) übersteigt 2 Sekunden', 'latency_p95', '>', '2', 's'],
    ['Taux d’erreur supérieur à 5 %', 'error_rate', '>', '5', '%'],
    ['Tiempo de respuesta superior a 500 ms', 'latency', '>', '500', 'ms'],
    ['Taxa de erro acima de 2,5%', 'error_rate', '>', '2.5', '%'],
    ['Уровень ошибок превышает 5%', 'error_rate', '>', '5', '%'],
    ["Hata oranı %5'in üzerinde", 'error_rate', '>', '5', '%'],
    ['错误率超过5%', 'error_rate', '>', '5', '%'],
    ['応答時間 2秒以上', 'latency', '>=', '2', 's'],
    ['エラー率が5%を超える', 'error_rate', '>', '5', '%'],
    ['معدل الأخطاء أكثر من 5%', 'error_rate', '>', '5', '%'],
    ['Availability drops below 99.9%', 'availability', '<', '99.9', '%'],
  ])('%s', (text, metric, op, value, unit) => {
    expect(parseThreshold(text)).toEqual({ metric, op, value, unit })
  })

  it.each([
    'Response time degrades by more than 50%',
    'More than 10 errors per minute',
    'Health checks fail',
    'Datenverlust',
  ])('%s is for a person to judge', (text) => expect(parseThreshold(text).metric).toBeNull())

  it.each([
    'Condiciones para Rollback',
    'Critères de retour arrière',
    'Условия отката',
    '回滚条件',
    'ロールバック条件',
    'Geri Alma Koşulları',
    'شروط التراجع',
    'Rollback bei:',
  ])('%s heads triggers', (title) => expect(isTriggerHeading(title)).toBe(true))
  it.each(['Rollback Plan', 'Откат', 'NO-GO si', 'Trigger the sync'])('%s does not', (title) =>
    expect(isTriggerHeading(title)).toBe(false),
  )

  it('stand in tables and behind a greater-than sign too', () => {
    const { triggers } = parseTemplate(
      '## Rollback triggers\n\n- > 10% error rate\n\n| Metric | Limit |\n|-|-|\n| p95 latency | > 2 s |\n',
    )
    expect(triggers.map(({ text, metric }) => [text, metric])).toEqual([
      ['> 10% error rate', 'error_rate'],
      ['p95 latency · > 2 s', 'latency_p95'],
    ])
  })
})

describe('stages in other languages', () => {
  it.each([
    ['Nach dem Go-Live', 'verify'],
    ['Vor der Inbetriebnahme', 'prepare'],
    ['🚀 Déploiement', 'deploy'],
    ['Après la mise en production', 'verify'],
    ['Antes del despliegue', 'prepare'],
    ['После деплоя', 'verify'],
    ['Перед релизом', 'prepare'],
    ['Yayın Sonrası Kontroller', 'verify'],
    ['Geri Alma Planı', 'rollback'],
    ['上线前检查', 'prepare'],
    ['三、上线后', 'verify'],
    ['リリース後チェックリスト', 'verify'],
    ['ロールバック手順', 'rollback'],
    ['بعد الإطلاق', 'verify'],
    ['Plan de reversa', 'rollback'],
    ['Sicherheit', null],
  ])('%s is %s', (title, stage) => expect(stageOfHeading(title)).toBe(stage))
})

describe('a list in one fence', () => {
  const fenced = 'Here it is:\r\n\r\n```markdown\r\n# Go\r\n- [ ] a\r\n- [ ] b\r\n```\r\nBye\r\n'
  it('is offered, and taken off without touching the rest', () => {
    const found = findFencedList(fenced)
    expect(found).toEqual({ line: 3, endLine: 7, tasks: 2 })
    expect(found && unwrapFencedList(fenced, found)).toBe(
      'Here it is:\r\n\r\n# Go\r\n- [ ] a\r\n- [ ] b\r\nBye\r\n',
    )
  })
  it.each([
    ['- [ ] own\n\n```md\n- [ ] example\n```\n'],
    ['```bash\n- [ ] in a script\n```\n'],
    ['```\n- [ ] one\n```\n\n```\n- [ ] another\n```\n'],
    ['```md\nno tasks\n```\n'],
  ])('%j is none', (text) => expect(findFencedList(text)).toBeNull())
  it('may end with the file', () => {
    const open = '```md\n- [ ] a\n- [ ] b'
    const found = findFencedList(open)
    expect(found && parseTemplate(unwrapFencedList(open, found)).items).toHaveLength(2)
  })
})

describe('a document’s own metadata', () => {
  it.each([
    ['# T\n\n**Версия**: 1.0\n**Дата**: 05.11.2025\n', { version: '1.0', updated: '05.11.2025' }],
    ['# T\n\n**الإصدار / Version:** 2.0.1\n', { version: '2.0.1', updated: null }],
    ['# T\n\nDernière mise à jour : 2025-01-16\n', { version: null, updated: '2025-01-16' }],
    ['# T\n\n**Owner:** Platform Team\n**Date:** ________\n', { updated: null, owner: 'Platform Team' }],
    ["---\nname: Release checklist\ntitle: ''\nowner: SRE\n---\n- [ ] a\n", { owner: 'SRE' }],
  ])('%j', (source, meta) => expect(parseTemplate(source).meta).toMatchObject(meta))

  it('gives a title where the front matter’s is empty', () => {
    expect(parseTemplate("---\nname: Release checklist\ntitle: ''\n---\n- [ ] a\n").title).toBe(
      'Release checklist',
    )
  })
})
