import { type Bound, type BoundUnit, readAmounts, readBounds } from './suggest-bounds.ts'
import type { Line } from './suggest-line.ts'
import { parts, type Reading, type Rule, words } from './suggest-rule.ts'

const PROMETHEUS = 'promql $' + '{PROMETHEUS_URL}'
const JOB = "job='$" + "{PROMETHEUS_JOB}'"
const USUAL_SERIES = 'the usual names of series are taken'

/** The one limit of the line, where it is of this kind: with two of them a probe of one would prove half. */
function onlyBound(
  line: Line,
  { units, side }: { units: readonly BoundUnit[]; side: '<' | '>' },
): Bound | null {
  const bounds = readBounds(line.text)
  const [bound] = bounds
  if (bound === undefined || bounds.length > 1) return null
  return units.includes(bound.unit) && bound.op.startsWith(side) ? bound : null
}

/** As the probes' grammar writes it: it knows no gigabytes. */
function written({ op, value, unit }: Bound): string {
  return unit === 'GB' ? `${op} ${Number(value) * 1000}MB` : `${op} ${value}${unit}`
}

/** The span that the line names beside its limit, as PromQL writes it: "7 days", "over 10 minutes". */
function spanOf(
  line: Line,
  usual: string,
  heading = /(?:after|nach|après|first|erste|première|第) .{0,12}/u,
): { range: string; quote: string | null } {
  const bounds = readBounds(line.text)
  const section = heading.exec(line.section)?.[0] ?? ''
  if (
    /(?:first|erste|première|primera|ilk|первая) (?:week|woche|semaine|semana|hafta|неделя)/u.test(
      `${line.text} ${section}`,
    )
  )
    return { range: '7d', quote: 'first week' }
  const span = [...readAmounts(line.text), ...readAmounts(section)].find(
    ({ unit, index, value }) =>
      (unit === 'm' || unit === 'h' || unit === 'd') &&
      /^\d{1,3}$/.test(value) &&
      !bounds.some((bound) => index >= bound.index && index < bound.index + bound.quote.length),
  )
  return span === undefined
    ? { range: usual, quote: null }
    : { range: span.value + span.unit, quote: span.quote }
}

type Metric = {
  rule: string
  offered: boolean
  reads: string
  when: RegExp
  unless?: RegExp
  units: readonly BoundUnit[]
  side: '<' | '>'
  query: (line: Line) => string
  /** Behind the condition. */
  more?: string
  assumed?: (line: Line) => string | null
}

function ruleOf({ rule, offered, reads, when, unless, units, side, query, more, assumed }: Metric): Rule {
  return {
    rule,
    reads,
    offered,
    when,
    ...(unless === undefined ? {} : { unless }),
    unlessIn: REHEARSAL,
    read: (line): Reading | null => {
      const bound = onlyBound(line, { units, side })
      if (bound === null) return null
      const extra = assumed?.(line) ?? null
      return {
        probe: `${PROMETHEUS} "${query(line)}" expect all ${written(bound)}${more ?? ''}`,
        because: [`the text says “${bound.quote}”`, ...(extra === null ? [] : [extra]), USUAL_SERIES].join(
          '; ',
        ),
      }
    },
  }
}

/** A limit that sets off an alarm or a rollback, or that was measured in a rehearsal, is no statement about now. */
const NOT_NOW = words(
  'alert(?:s|ing|ed)?|alarms?|alarme[ns]?|notify|dashboards?|rollback|scal(?:e|es|ing)|uyarısı|load test(?:s|ing|ed)?|stress test|under load|sous charge|unter last|yük altında|bajo carga|under \\d+ (?:concurrent )?users|cores?|fps|concurrent|peak|sustained|at \\d+ concurrent|benchmark|lighthouse',
)
/** Under such headings numbers were measured in a trial, or set off a rollback. */
const REHEARSAL = parts(
  '(?<![\\p{L}])(?:tests?|testing|benchmarks?|rollback criteria|stress|profiling|alerts?|sync|census|etl|import|batch|ci time)(?![\\p{L}])|testi(?![\\p{L}])|テスト|测试|тестирован',
)
const DATABASE_WORDS = parts(
  'database|\\bdb\\b|quer(?:y|ies)|sorgu|requête|abfrage|datenbank|データベース|クエリ|数据库|redis|replica',
)
const VITALS = parts(
  'contentful|interactive|\\b(?:lcp|fcp|fid|tbt|tti|cls|inp|ttfb)\\b|blocking time|input delay|start-?up|cold start|launch time|起動',
)
/** Some requests only, where the series has all of them. */
const A_PART = words(
  'authori[sz]ation|authentication|search|vector|inference|embeddings?|documents?|render\\p{L}*|web ?sockets?|sse|jobs?|queues?|cache|predictions?',
)
const LATENCY =
  'response times?|responses? (?:is|are) fast|(?:response|api|request|http) latency|antwortzeit(?:en)?|latenz|temps de réponse|tiempos? de respuesta|yanıt süre(?:si|leri)|время (?:ответа|отклика)|响应时间|応答時間|レスポンスタイム|زمن الاستجابة'
const PERCENTILE =
  /(?<![\p{L}\p{N}])p(50|75|90|95|99)(?!\d)|(50|75|90|95|99)(?:th)? percentile|(50|75|90|95|99)\.? ?perzentil/u

const AVERAGE = words(
  'average|avg|mean|on average|durchschnittlich|im schnitt|en moyenne|media|promedio|ortalama|в среднем|平均',
)

function percentileOf({ text }: Line): string | null {
  const found = PERCENTILE.exec(text)
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? null
}

const isAverage = ({ text }: Line) => AVERAGE.test(text)
const latencyQuery = (line: Line) =>
  isAverage(line) && percentileOf(line) === null
    ? `sum(rate(http_request_duration_seconds_sum{${JOB}}[5m])) / sum(rate(http_request_duration_seconds_count{${JOB}}[5m]))`
    : `histogram_quantile(0.${percentileOf(line) ?? '95'}, sum by (le) (rate(http_request_duration_seconds_bucket{${JOB}}[5m])))`
const ENOUGH = `, min-samples "sum(increase(http_requests_total{${JOB}}[5m]))" >= 100`

export const NUMBER_RULES: readonly Rule[] = [
  ruleOf({
    rule: 'error-rate',
    offered: true,
    reads: 'error rate below a percentage',
    when: parts(
      "error rates?|errors? ratio|5xx rates?|fehlerraten?|fehlerquote|taux d[’']erreurs?|tasas? de error(?:es)?|hata oranı|(?:уровень|процент|доля|частота) ошибок|错误率|エラー率|معدل الأخطاء",
    ),
    unless: NOT_NOW,
    units: ['%'],
    side: '<',
    query: (line) => {
      const { range } = spanOf(line, '5m')
      return `(sum(rate(http_requests_total{${JOB},code=~'${line.text.includes('4xx') ? 4 : 5}..'}[${range}])) or vector(0)) / sum(rate(http_requests_total{${JOB}}[${range}]))`
    },
    more: ENOUGH,
    assumed: (line) => {
      const { quote } = spanOf(line, '5m')
      return quote === null
        ? 'over 5 minutes with 100 requests or more'
        : `and “${quote}”; 100 requests or more`
    },
  }),
  ruleOf({
    rule: 'latency-percentile',
    offered: true,
    reads: 'a percentile (p50 to p99) below a time',
    when: PERCENTILE,
    unless: new RegExp(`${NOT_NOW.source}|${DATABASE_WORDS.source}|${VITALS.source}|${A_PART.source}`, 'u'),
    units: ['ms', 's'],
    side: '<',
    query: latencyQuery,
    more: ENOUGH,
    assumed: (line) => `p${percentileOf(line)} over 5 minutes with 100 requests or more`,
  }),
  ruleOf({
    rule: 'latency',
    offered: true,
    reads: 'response time below a time, without a percentile',
    when: parts(LATENCY),
    unless: new RegExp(`${NOT_NOW.source}|${DATABASE_WORDS.source}|${VITALS.source}`, 'u'),
    units: ['ms', 's'],
    side: '<',
    query: latencyQuery,
    more: ENOUGH,
    assumed: (line) =>
      isAverage(line)
        ? 'the mean over 5 minutes with 100 requests or more'
        : 'it names no percentile: p95 over 5 minutes with 100 requests or more is assumed',
  }),
  ruleOf({
    rule: 'cpu',
    offered: true,
    reads: 'CPU use below a percentage',
    when: parts('(?<![\\p{L}])cpu|processor|işlemci|процессор|处理器'),
    unless: NOT_NOW,
    units: ['%'],
    side: '<',
    query: () => `1 - avg by (instance) (rate(node_cpu_seconds_total{mode='idle'}[5m]))`,
    assumed: () => 'every machine that node_exporter sees, over 5 minutes',
  }),
  ruleOf({
    rule: 'memory',
    offered: true,
    reads: 'memory use below a percentage',
    when: parts(
      'memory (?:usage|use|utili[sz]ation)|ram (?:usage|use)|speichernutzung|mémoire|uso de memoria|bellek kullanımı|памят[иь]|内存(?:使用率|占用)|メモリ(?:使用率|使用量)',
    ),
    unless: NOT_NOW,
    units: ['%'],
    side: '<',
    query: () => '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes',
    assumed: () => 'every machine that node_exporter sees',
  }),
  ruleOf({
    rule: 'disk-used',
    offered: false,
    reads: 'disk use below a percentage',
    when: parts(
      'disk (?:usage|use|utili[sz]ation)|festplattennutzung|disk kullanımı|磁盘使用率|ディスク使用率|использование диска',
    ),
    unless: NOT_NOW,
    units: ['%'],
    side: '<',
    query: () =>
      "1 - node_filesystem_avail_bytes{mountpoint='/'} / node_filesystem_size_bytes{mountpoint='/'}",
    assumed: () => 'the root disk of every machine that node_exporter sees',
  }),
  ruleOf({
    rule: 'disk-free',
    offered: false,
    reads: 'free disk space above an amount or a percentage',
    when: parts(
      '(?:free|available)[^.]{0,20}disk|disk[^.]{0,30}(?:free|available|mevcut)|espace disque|espacio libre',
    ),
    unless: NOT_NOW,
    units: ['%', 'MB', 'GB'],
    side: '>',
    query: (line) =>
      readBounds(line.text)[0]?.unit === '%'
        ? "node_filesystem_avail_bytes{mountpoint='/'} / node_filesystem_size_bytes{mountpoint='/'}"
        : "node_filesystem_avail_bytes{mountpoint='/'}",
    assumed: () => 'the root disk of every machine that node_exporter sees',
  }),
  ruleOf({
    rule: 'availability',
    offered: true,
    reads: 'uptime or availability above a percentage',
    when: parts(
      'uptime|availability|verfügbarkeit|disponibilité|disponibilidad|kullanılabilirlik|доступность|可用性|稼働率',
    ),
    unless: NOT_NOW,
    units: ['%'],
    side: '>',
    query: (line) => `avg_over_time(up{${JOB}}[${spanOf(line, '1d', /.*/u).range}])`,
    assumed: (line) => {
      const { quote } = spanOf(line, '1d', /.*/u)
      return quote === null
        ? 'it names no span: the last day is assumed, as Prometheus could reach it'
        : `and “${quote}”, as Prometheus could reach it`
    },
  }),
]
