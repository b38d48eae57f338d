import type { Line } from './suggest-line.ts'
import { parts, quoted, type Rule, variable, words } from './suggest-rule.ts'

const PROMETHEUS = `promql ${variable('PROMETHEUS_URL')}`
const JOB = `job='${variable('PROMETHEUS_JOB')}'`
const LOKI = `logs ${variable('LOKI_URL')} loki`
const APP = `app=\\"${variable('LOKI_APP')}\\"`
const AUDIT = `${LOKI} "{${APP}, stream=\\"audit\\"}" expect`

/** The alerts that a line speaks of, by the names that many teams give them. */
function alertsOf({ text }: Line): string[] {
  const isOfErrors = /error|hata|fehler|erreur/u.test(text)
  const isOfTimes = /latency|performance|response time|slow/u.test(text)
  return [
    ...(isOfErrors || !isOfTimes ? ['HighErrorRate'] : []),
    ...(isOfTimes || !isOfErrors ? ['HighLatency'] : []),
  ]
}

export const SIGNAL_RULES: readonly Rule[] = [
  {
    rule: 'cpu-stable',
    reads: 'CPU that is stable or normal, without a number',
    offered: false,
    when: parts('(?<![\\p{L}])cpu[^.]{0,20}(?:stable|normal|stabil|estable)'),
    read: (line) => {
      const series = (offset: string) => `sum(rate(process_cpu_seconds_total{${JOB}}[10m]${offset}))`
      return {
        probe: `${PROMETHEUS} "${series('')} / ${series(' offset 1h')}" expect single < 150%`,
        because: `${quoted(line, parts('cpu.{0,30}'))} and no number; not half more than an hour before is assumed`,
      }
    },
  },
  {
    rule: 'memory-leaks',
    reads: 'no memory leaks, memory that is stable, without a number',
    offered: true,
    when: parts(
      'no (?:signs? of )?memory leaks?|memory (?:usage |use |consumption )?(?:is |remains )?stable|keine speicherlecks|(?:pas de|aucune) fuites? (?:de )?mémoire|sin fugas de memoria|bellek sızıntısı yok|нет утечек памяти|утечек памяти нет|无内存泄漏|没有内存泄漏|メモリリーク(?:が|は)?な[しい]',
    ),
    unless: words('frontend|browser|animations?|game|app|tests?|over|after|under|mb|gb'),
    unlessIn: words('frontend|mobile|ios|android'),
    read: (line) => ({
      probe: `${PROMETHEUS} "max(deriv(process_resident_memory_bytes{${JOB}}[30m])) * 3600 / max(process_resident_memory_bytes{${JOB}})" expect single <= 10%, fresh "process_resident_memory_bytes{${JOB}}" within 5m`,
      because: `${quoted(line, parts('.{0,20}(?:memory|speicher|mémoire|memoria|bellek|памят|内存|メモリ).{0,30}'))} and no number; growth by a tenth an hour or less is assumed, and a slower leak is not seen`,
    }),
  },
  {
    rule: 'alerts-quiet',
    reads: 'no alert fires',
    offered: true,
    when: parts(
      'no (?:active |critical |open |firing |new )*alert(?:s|ed)?(?: (?:firing|active|triggered|open))?(?![\\p{L}])',
    ),
    read: (line) => ({
      probe: `${PROMETHEUS} "count(ALERTS{alertstate='firing'${line.text.includes('critical') ? ",severity='critical'" : ''}}) or vector(0)" expect single == 0`,
      because: quoted(line, parts('no (?:\\p{L}+ )*alert.{0,20}')),
    }),
  },
  {
    rule: 'alert-rules',
    reads: 'alerting rules or thresholds that are configured',
    offered: false,
    when: parts(
      'alert(?:ing)? (?:rules|thresholds)(?: (?:are|have been))? (?:configured|set|loaded|active|in place|defined|enabled)|(?:configured|set) alert(?:ing)? (?:rules|thresholds)|alert rules протестированы|алерты настроены|告警(?:规则|阈值)(?:已)?配置|アラート(?:閾値|ルール)設定',
    ),
    unless: words('cloudwatch|sentry|datadog|new relic|application insights|azure|budget|cost'),
    read: (line) => {
      const names = alertsOf(line)
      return {
        probe: `rules ${variable('PROMETHEUS_URL')} expect ${names.map((name) => `alert ${name}`).join(', ')}, no-errors`,
        because: `${quoted(line, parts('.{0,30}(?:alert|алерт|告警|アラート).{0,30}'))}; Prometheus and ${names.join(' and ')} as names of the alerts are assumed`,
      }
    },
  },
  {
    rule: 'alertmanager',
    reads: 'Alertmanager that runs or is configured',
    offered: false,
    when: parts(
      'alert ?manager[^.]{0,40}(?:configur\\p{L}*|running|healthy|operational|working|routing|ready|настроен|работает)',
    ),
    read: (line) => ({
      probe: `alertmanager ${variable('ALERTMANAGER_URL')} expect loaded`,
      because: `${quoted(line, parts('alert ?manager.{0,50}'))}; that its configuration is loaded is asked, not where alerts go`,
    }),
  },
  {
    rule: 'audit-logs',
    reads: 'audit logs that are recorded or enabled',
    offered: true,
    when: parts(
      'audit[- ]?(?:logs?|logging|trail)(?: (?:is|are))?(?: being)?(?: verify audit logs are|: verify audit logs are)? (?:recorded|recording|written|enabled|active|flowing|captured|collected|working|activé\\p{L}*|aktiv)|аудит-?логи? (?:включ|пиш)|审计日志.{0,6}(?:启用|开启|记录)|監査ログ(?:が)?(?:有効|記録)',
    ),
    unless: words('database|cloudtrail|azure|dataverse|kubernetes|s3|retention|everywhere'),
    read: (line) => {
      const isNow = /record|written|flowing|captured|collected|пиш|记录|記録/u.test(line.text)
      return {
        probe: `${AUDIT} ${isNow ? 'flowing, newest < 15m' : 'count >= 1, within 24h'}`,
        because: `${quoted(line, parts('.{0,10}(?:audit|аудит|审计|監査).{0,40}'))}; ${isNow ? 'a line of the last 15 minutes' : 'a line of the last 24 hours'} in Loki’s stream “audit” is assumed`,
      }
    },
  },
  {
    rule: 'logs-flowing',
    reads: 'logs that arrive where they are gathered',
    offered: false,
    when: parts(
      '(?:application |app |container )?logs? (?:are )?(?:flowing|arriving|shipped|shipping|aggregated|centrali[sz]ed|being (?:collected|shipped|ingested))|centrali[sz]ed logging|logs centralisés|logs centralizados|логи (?:поступают|собираются)|日志(?:收集|采集)正常',
    ),
    unless: words('errors?|audit|documented|policy|retention|configured|alert\\p{L}*'),
    read: (line) => ({
      probe: `${LOKI} "{${APP}}" expect flowing, newest < 5m`,
      because: `${quoted(line, parts('.{0,20}(?:logs?|логи|日志).{0,40}'))}; a line of the last 5 minutes in Loki is assumed`,
    }),
  },
  {
    rule: 'logs-clean',
    reads: 'no errors in the logs',
    offered: false,
    when: parts(
      'no (?:unexpected |new )?errors? in (?:the )?(?:application |server |production )?logs?|logs? (?:are )?(?:clean|free of errors)|error-free logs|keine fehler in den logs|нет ошибок в логах|日志无错误|ログにエラーなし',
    ),
    unless: words('browser|console|deployment|startup|database|nginx|build'),
    read: (line) => ({
      probe: `${LOKI} "{${APP}} |= \\"level=error\\"" expect count == 0, within 15m, flow "{${APP}}"`,
      because: `${quoted(line, parts('.{0,20}(?:logs?|логах|日志|ログ).{0,30}'))}; in Loki, no line with level=error in 15 minutes in which others arrived is assumed`,
    }),
  },
  {
    rule: 'pool',
    reads: 'connection pooling that is configured',
    offered: false,
    when: parts(
      'connection pool(?:ing|s)?[^.]{0,30}(?:configured|enabled|working|functional|active|set up|yapılandırıldı)|пул соединений настроен|连接池(?:已)?配置|コネクションプール設定',
    ),
    read: (line) => ({
      probe: `${PROMETHEUS} "sum(db_client_connection_max{${JOB}})" expect single >= 1, fresh "db_client_connection_max{${JOB}}" within 5m`,
      because: `${quoted(line, parts('.{0,10}(?:pool|пул|连接池|プール).{0,40}'))}; the pool’s own metric, by OpenTelemetry’s name, says that there is one; whether its size is right is not judged`,
    }),
  },
]
