import { readAmounts, readBounds } from './suggest-bounds.ts'
import type { Line } from './suggest-line.ts'
import { parts, quoted, type Reading, type Rule, words } from './suggest-rule.ts'

const CI = 'CI has to push the report for the run’s commit'
const named = (name: string | null) => (name === null ? '' : ` "${name}"`)
const tests = (name: string | null) => `report tests${named(name)} expect tests >= 1, failed == 0`

/** A team's word for a suite, and how the report is then called. */
const SUITES: readonly [RegExp, string][] = [
  [/(?<!\p{L})(?:unit|unitaires?|unitarias?|birim)(?!\p{L})|модульны/u, 'unit'],
  [/(?<!\p{L})(?:integration|intégration|integración|entegrasyon)(?!\p{L})|интеграционн/u, 'integration'],
  [/(?<!\p{L})(?:e2e|end[- ]to[- ]end)(?!\p{L})/u, 'e2e'],
  [/(?<!\p{L})regression(?!\p{L})/u, 'regression'],
]

/** The one suite that a line names, or null for none and for several: then it is the report of all tests. */
function suiteOf({ text }: Line): string | null {
  const found = SUITES.filter(([called]) => called.test(text)).map(([, name]) => name)
  return found.length === 1 ? (found[0] ?? null) : null
}

/** A rate, or a second statement in the line that the report would not show. */
const NOT_ALONE =
  /率|;|coverage|, `|(?:and|&|und|et|y) \p{L}*(?: \p{L}+)? ?(?:lint|build|cover|typ|compil|review|deploy|merg)|,[^()]{0,30}(?:lint|build|cover|review)/u

function readTests(line: Line): Reading {
  const name = suiteOf(line)
  return {
    probe: tests(name),
    because: `${quoted(line, parts('.{0,30}(?:tests?|testler|тесты|测试|テスト|pruebas|ut/).{0,40}'))}; ${CI}${name === null ? '' : `, called “${name}”`}, and which tests are in it is CI’s doing`,
  }
}

function readCoverage(line: Line): Reading | null {
  const bounds = readBounds(line.text)
  const amounts = readAmounts(line.text)
  const [amount] = amounts
  if (amount === undefined || amounts.length > 1 || amount.unit !== '%') return null
  if (line.text.includes('目標設定')) return null
  const bound = bounds[0] ?? { op: '>=' as const, quote: amount.quote }
  if (!bound.op.startsWith('>')) return null
  const isLeast =
    bounds.length === 1 ||
    words(
      'minimum|threshold|target|meets?|require\\p{L}*|goal|achieved|seuil|schwelle|umbral|hedef|目標|порог',
    ).test(line.text) ||
    line.text.slice(amount.index + amount.quote.length).startsWith('+')
  if (!isLeast) return null
  const of = /branch/u.test(line.text) ? 'branches' : /function/u.test(line.text) ? 'functions' : 'lines'
  const name = suiteOf(line)
  return {
    probe: `report coverage${named(name)} expect ${of} ${bound.op} ${amount.value}%`,
    because: `the text says “${bound.quote}” of coverage; ${of === 'lines' ? 'lines are assumed' : `of ${of}`}, and ${CI}${name === null ? '' : `, called “${name}”`}`,
  }
}

const LEVELS = ['critical', 'high', 'medium', 'low'] as const

/** What is named and what is worse than it. */
function readFindings(line: Line): Reading {
  const text = line.text
    .replace(/重大|критическ/gu, ' critical ')
    .replace(/critique|kritisch|crítica|kritik/gu, ' critical ')
  const last = LEVELS.findLastIndex((level) => words(level).test(text))
  const asked =
    last < 0 ? ['critical == 0', 'all == 0'] : LEVELS.slice(0, last + 1).map((level) => `${level} == 0`)
  return {
    probe: `report findings expect ${asked.join(', ')}`,
    because: `${quoted(line, parts('.{0,40}(?:vulnerab|vulnérab|cve|schwachstelle|zafiyet|açığı|уязвим|漏洞|脆弱性).{0,30}'))}${last < 0 ? ' and no severity; no finding at all is asked' : ''}; ${CI}, and what was scanned is CI’s doing`,
  }
}

/** A report with a name of its own, whose content only the team knows. */
function ownReport({ rule, name, offered, reads, when, unless }: OwnReport): Rule {
  return {
    rule,
    reads,
    offered,
    when,
    ...(unless === undefined ? {} : { unless }),
    read: (line) => ({
      probe: tests(name),
      because: `the text says “${line.text.slice(0, 80)}”; ${CI}, called “${name}”, and what its tests do is the team’s doing`,
    }),
  }
}
type OwnReport = {
  rule: string
  name: string
  offered: boolean
  reads: string
  when: RegExp
  unless?: RegExp
}

const VULNERABILITY =
  'vulnerabilit(?:y|ies)|cves?|security (?:issues|findings|vulnerabilities)|vulnérabilités?|schwachstellen?|vulnerabilidad(?:es)?|güvenlik açığı|уязвимост\\p{L}*|漏洞|脆弱性'
const PASSED = 'pass(?:es|ed|ing)?|green|succeed(?:s|ed)?|successful(?:ly)?'

export const REPORT_RULES: readonly Rule[] = [
  ownReport({
    rule: 'smoke-tests',
    name: 'smoke',
    offered: true,
    reads: 'smoke tests that pass, core features and critical paths that work',
    when: parts(
      `smoke[- ]?tests? (?:are |have )?(?:all )?(?:${PASSED}|completed|executed|run|pasando|passent|durchgeführt|bestanden|geçti)|smoke[- ]tests durchgeführt|(?:core|critical|key|main) (?:features?|functionality|functions|user flows?|user journeys?|flows?|paths?|workflows?) (?:are |is )?(?:functional|functioning|work(?:s|ing)?|verified|operational)|critical user (?:flows|journeys) tested|temel özellikler çalışıyor|основн\\p{L}* функци\\p{L}* работа|核心功能.{0,4}正常|主要機能.{0,6}(?:動作|正常)`,
    ),
    unless: words('on|in staging|documented|manually|manual|defined|written|staging'),
  }),
  ownReport({
    rule: 'migration-locks',
    name: 'migration-locks',
    offered: false,
    reads: 'migrations that lock no tables for long',
    when: parts(
      "migrations?[^.]{0,40}(?:doesn['’]t|does not|don['’]t|do not|without|no)[^.]{0,20}lock|no[^.]{0,20}locks?[^.]{0,20}migration",
    ),
    unless: words('lock ?files?'),
  }),
  ownReport({
    rule: 'migrations-tested',
    name: 'migrations',
    offered: true,
    reads: 'migrations that were tested',
    when: parts(
      "migrations?(?:['’]lar)?(?: scripts?)? (?:have been |were |are |is |has been )?(?:successfully |fully )?(?:tested|verified|validated|rehearsed|test edildi|testées|getestet|probadas)|(?<!\\p{L})test(?:ed)? (?:all |database |db )?migrations|миграции протестированы|迁移(?:已)?(?:测试|验证)|マイグレーション(?:の)?テスト",
    ),
    unless: words('locally|local|data migration|rollback|reversib\\p{L}*|backups?|down'),
  }),
  ownReport({
    rule: 'query-counts',
    name: 'query-counts',
    offered: false,
    reads: 'no N+1 queries',
    when: parts('n ?\\+ ?1'),
    unless: words('redundan\\p{L}*|capacity|servers?'),
  }),
  {
    rule: 'coverage',
    reads: 'test coverage above a percentage',
    offered: true,
    when: parts(
      'coverage|couverture|cobertura|testabdeckung|code-?abdeckung|kapsamı|покрыти[ея]|覆盖率|カバレッジ',
    ),
    unless: words(
      'docs?|documentation|browsers?|insurance|monitoring|alerts?|geographic|on-?call|cdn|sanitizer|api coverage|translation|ideal\\p{L}*|optional|type coverage|typed|business logic|logic|modules?|new code|core|critical|services|components|pass|passes|passing|passed',
    ),
    read: readCoverage,
  },
  {
    rule: 'vulnerabilities',
    reads: 'no (critical, high…) vulnerabilities',
    offered: true,
    when: parts(
      `(?<![\\p{L}\\p{N}])(?:no|zero|0|without|sans|aucune|keine|ninguna|sin|нет|没有|无)(?![\\p{L}\\p{N}])(?:[ *:-]+\\p{L}+(?:[/,-]\\p{L}+)?){0,5}[ *:-]+(?:${VULNERABILITY})|(?:没有|无)\\p{L}{0,6}漏洞|脆弱性(?:が|は)?な[しい]|(?:${VULNERABILITY})(?: \\p{L}+){0,2} (?:yok|отсутствуют|none|: ?0|= ?0)`,
    ),
    unless: words(
      'up[- ]to[- ]date|xss|injection|csrf|smart contracts?|contracts?|discovered|owasp|penetration|pentest|pen test|known workarounds',
    ),
    read: readFindings,
  },
  {
    rule: 'scan-passed',
    reads: 'a scan of dependencies or images, or an audit of packages, that passed',
    offered: true,
    when: parts(
      `(?:(?:vulnerability|dependency|dependencies|security|container|image|code)(?: (?:vulnerability|security|image|code))? (?:scans?|scanning)|(?:dependency|dependencies|package) audits?|(?:snyk|trivy|npm audit|pip-?audit|sast)(?: (?:scans?|checks?))?) (?:is |are )?(?:${PASSED}|clean|bestanden|réussi)|(?:npm|yarn|pnpm|pip|cargo|composer|bundle)[ -]audit[^.]{0,20}(?:${PASSED}|clean|no issues)`,
    ),
    unless: words('ssl|penetration|headers?|owasp zap|dast|tests?|manual|review'),
    read: (line) => ({
      probe: 'report findings expect critical == 0, high == 0',
      because: `${quoted(line, parts('.{0,40}(?:scan|audit|check|snyk|trivy).{0,30}'))} and no severity; that nothing critical or high is found is assumed, and ${CI}`,
    }),
  },
  {
    rule: 'pinned',
    reads: 'dependencies that are pinned to versions',
    offered: false,
    when: parts(
      '(?:dependenc(?:y|ies)|packages?|librar(?:y|ies)|versions?|requirements)(?: versions?)?[^.,;]{0,20}(?:pinned|locked|fixed to)|(?:pinned|locked) (?:dependenc(?:y|ies)|versions|packages)|abhängigkeiten .{0,20}fixiert|dépendances .{0,20}(?:figées|épinglées|verrouillées)|зависимост\\p{L}* .{0,20}зафиксирован|依赖.{0,6}(?:锁定|固定)|依存関係.{0,8}固定',
    ),
    unless: words(
      'images?|docker|actions?|node|python version|lock ?files?|database|rows?|base|digest|branch',
    ),
    read: (line) => ({
      probe: 'report components expect components >= 1, unpinned == 0',
      because: `${quoted(line, parts('.{0,40}(?:pinned|locked|fixed|fixiert|figées|épinglées|verrouillées|зафиксирован|锁定|固定).{0,30}'))}; in the bill of materials every component has a version, and ${CI}`,
    }),
  },
  {
    rule: 'sbom',
    reads: 'a bill of materials (SBOM) that was made',
    offered: false,
    when: parts(
      '(?:sbom|bill of materials)[^.]{0,30}(?:generated|created|published|available|produced|attached|exists)|generate(?:d)? (?:an? )?(?:sbom|software bill)',
    ),
    read: (line) => ({
      probe: 'report components expect components >= 1',
      because: `${quoted(line, parts('.{0,20}(?:sbom|bill of materials).{0,30}'))}; ${CI}`,
    }),
  },
  {
    rule: 'tests-pass',
    reads: 'tests that pass: all, unit, integration, end-to-end, regression',
    offered: true,
    when: parts(
      `(?<![\\p{L}-])(?:tests?|test suites?)(?: suites?)?(?: (?:\\([^)]{0,40}\\)|are|is|all|still|currently|have|100 ?%|at 100 ?%)){0,3} (?:${PASSED})(?![\\p{L}])|(?<!\\p{L})(?:tests (?:passent|réussis|verts|bestanden|grün|pasan|pasando|aprobados)|pruebas (?:pasan|pasando|superadas|aprobadas)|testler (?:geçti|geçiyor|başarılı))|тесты (?:\\p{L}+ )?(?:прошли|проходят|пройдены|зел[её]ные)|测试(?:全部|均|都|用例)?(?:全部)?通过|テスト(?:が|は)?(?:全て|すべて|全件)?(?:が)?(?:通過|成功|パス|合格|pass)|ut/it.{0,20}pass`,
    ),
    unless: words(
      'documentation|docs?|on|out of|smoke|load|stress|penetration|pen|pentests?|security|performance|ssl labs|acceptance|uat|manual|manually|restore|webhooks?|speed|backups?|gating|browsers?|navigateurs|mobile|device|chaos|workflow|recovery|failover|accessibility|a11y|lighthouse|usability|contract|health|rollback|drill|connection|isolation|locally|dr|migrations?',
    ),
    read: (line) => (NOT_ALONE.test(line.text) ? null : readTests(line)),
  },
]
