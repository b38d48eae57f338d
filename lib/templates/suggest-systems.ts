import { readAmounts, readBounds } from './suggest-bounds.ts'
import type { Line } from './suggest-line.ts'
import { parts, quoted, type Reading, type Rule, variable, words } from './suggest-rule.ts'

const BASE = variable('BASE_URL')
const DATABASE = `postgres ${variable('DATABASE_URL_PROBE')}`
const REDIS = `redis ${variable('REDIS_URL')}`

const CERTIFICATE =
  '(?:(?:ssl|tls|https)(?:[ /-]?(?:ssl|tls))?[ -]?(?:certificates?|certs?|zertifikate?|sertifikas[ıi]|сертификат\\p{L}{0,3}|证书|証明書)|certificats? (?:ssl|tls)|certificados? (?:ssl|tls)|ssl证书|شهادة ssl|(?:ssl|tls) is valid)'
/** The certificate is good now; not that somebody orders, installs or renews one. */
const VALID =
  'valid|validity|verified|not expir\\p{L}*|expir\\p{L}*|installed|active|in place|gültig|ablauf|valides?|válidos?|vigente|geçerli|oluşturuldu|yüklendi|действител\\p{L}*|валид\\p{L}*|установлен|有效|有効|期限|صالحة|صحيح'
const USUAL_DAYS = 14
/** Said of days that are left, and not of how long one lasts or when it is renewed. */
const LEFT = words('left|remaining|at least|more than|noch|restants?|restantes|kalan|осталось|残り|剩余')

function readCertificate(line: Line): Reading | null {
  const said = readAmounts(line.text).filter(({ unit }) => unit === 'd')
  const under = LEFT.test(line.detail) ? readAmounts(line.detail).filter(({ unit }) => unit === 'd') : []
  const days = said.length === 1 ? said[0] : said.length === 0 && under.length === 1 ? under[0] : undefined
  return {
    probe: `tls ${BASE} expect trusted, hostname, days-left >= ${days?.value ?? USUAL_DAYS}`,
    because:
      days === undefined
        ? `${quoted(line, parts(CERTIFICATE))} and no number of days; ${USUAL_DAYS} are assumed`
        : `${quoted(line, parts(CERTIFICATE))} and “${days.quote}”`,
  }
}

function readTlsVersion(line: Line): Reading | null {
  const version = [...line.text.matchAll(/tls ?v?(1\.[23])/gu)].map(([, one]) => one ?? '').sort()[0]
  if (version === undefined) return null
  const older = ['1.0', '1.1', '1.2'].filter((one) => one < version)
  return {
    probe: `tls ${BASE} expect version >= ${version}, ${older.map((one) => `refuses ${one}`).join(', ')}`,
    because: `the text says TLS ${version}; that older versions are refused is part of it`,
  }
}

function readHitRate(line: Line): Reading | null {
  const bounds = readBounds(line.text)
  const [bound] = bounds
  if (bound === undefined || bounds.length > 1 || bound.unit !== '%' || !bound.op.startsWith('>')) return null
  return {
    probe: `${REDIS} expect hit-rate ${bound.op} ${bound.value}%`,
    because: `the text says “${bound.quote}” of cache hits; a Redis cache is assumed`,
  }
}

function readQueryTime(line: Line): Reading | null {
  const bounds = readBounds(line.text)
  const [bound] = bounds
  if (bounds.length > 1 || (bound !== undefined && !(bound.op.startsWith('<') && /^m?s$/.test(bound.unit))))
    return null
  if (bound === undefined && !words('acceptable|optimi[sz]ed|ok|good|fast|verified|normal').test(line.text))
    return null
  const limit = bound === undefined ? '< 200ms' : `${bound.op} ${bound.value}${bound.unit}`
  const series = `db_client_operation_duration_seconds`
  return {
    probe: `promql ${variable('PROMETHEUS_URL')} "histogram_quantile(0.95, sum by (le) (rate(${series}_bucket[15m])))" expect single ${limit}, min-samples "sum(increase(${series}_count[15m]))" >= 100`,
    because: `${bound === undefined ? `${quoted(line, parts('quer.{0,40}'))} and no number; p95 below 200 ms is assumed` : `the text says “${bound.quote}” of queries; p95 is assumed`}, by OpenTelemetry’s name of the series`,
  }
}

const DATABASE_NAME =
  'database|\\bdb\\b|postgres(?:ql)?|datenbank|base de données|base de datos|veritabanı|база данных|бд|数据库|データベース|قاعدة البيانات'
const CONNECTED =
  'connect(?:s|ed|ion|ions|ivity)?|reachable|accessib\\p{L}*|online|is up|running|healthy|verbindung|erreichbar|connexion|conexión|bağlantı\\p{L}*|подключ\\p{L}*|соединение|доступна|连接|接続|الاتصال'

export const SYSTEM_RULES: readonly Rule[] = [
  {
    rule: 'tls-version',
    reads: '“TLS 1.2+”, “TLS 1.3”',
    offered: true,
    when: parts('tls ?v?1\\.[23]'),
    unless: words(
      'internal|outgoing|clients?|database|documented|policy|(?:every|all)(?: \\p{L}+){0,2} (?:endpoints?|connections?|services?)|everywhere',
    ),
    read: readTlsVersion,
  },
  {
    rule: 'certificate',
    reads: 'a TLS certificate that is valid, installed or not expiring soon, and days',
    offered: true,
    when: parts(`${CERTIFICATE}.{0,60}(?:${VALID})|(?:${VALID}).{0,30}${CERTIFICATE}`),
    unless: words(
      'obtain\\p{L}*|order\\p{L}*|purchase\\p{L}*|(?:auto-?)?renew\\p{L}*|yenileme|provisioning|signing|distribution|push|apns|client certificates?|alert\\p{L}*|documented|pinning|rated|rating|ssl labs',
    ),
    unlessIn: words('ios|android|provisioning|app store'),
    read: readCertificate,
  },
  {
    rule: 'websocket',
    reads: 'WebSocket connections that work',
    offered: true,
    when: parts(
      'web ?sockets? (?:connect\\p{L}*|connections?|is|are|works?|working|endpoint|upgrade)|веб-?сокет',
    ),
    unless: words(
      'documented|load|scal\\p{L}*|library|decide|implemented|auth\\p{L}*|messages?|stable|users|devices|configured|rate limit\\p{L}*|reconnect\\p{L}*',
    ),
    read: (line) => ({
      probe: `websocket ${variable('WEBSOCKET_URL')} expect open, close clean`,
      because: quoted(line, parts('[^.;,(]*(?:web ?socket|сокет)[^.;,(]*')),
    }),
  },
  {
    rule: 'cache-hit-rate',
    reads: 'cache hit rate above a percentage',
    offered: true,
    when: parts(
      '(?:cache|redis)[^.]{0,20}hit|hit[- ]?(?:rate|ratio)|taux de (?:cache )?hit|önbellek isabet|キャッシュヒット|缓存命中',
    ),
    unless: words('cdn|alert\\p{L}*|postgres\\p{L}*|database|buffer|for|docker|builds?|n/a'),
    unlessIn: words('ci|build|tests?|testing|search|rag'),
    read: readHitRate,
  },
  {
    rule: 'redis',
    reads: 'Redis that runs, is reachable or operational',
    offered: true,
    when: parts(
      'redis.{0,40}(?:operational|running|online|reachable|accessible|responding|responds|connect(?:ed|ion)|healthy|working|works|ready|ping|hazır|çalışıyor|работает|erreichbar|läuft|正常|稼働)',
    ),
    unless: words(
      'memory|persisten\\p{L}*|replicat\\p{L}*|password|created?|configured(?! and running)|string|pool|errors?|deploy\\p{L}*',
    ),
    read: (line) => ({ probe: `${REDIS} expect ping`, because: quoted(line, parts('redis.{0,60}')) }),
  },
  {
    rule: 'replication-lag',
    reads: 'replication lag below a time',
    offered: false,
    when: parts('replica(?:tion|s)?[^.]{0,30}(?:lag|delay|behind)|replikationsverz|retard de réplication'),
    unless: words('alert\\p{L}*|redis'),
    read: (line) => {
      const [bound, second] = readBounds(line.text)
      if (bound === undefined || second !== undefined || !bound.op.startsWith('<')) return null
      return {
        probe: `postgres ${variable('DATABASE_URL_REPLICA')} expect role replica, replication-lag ${bound.op} ${bound.value}${bound.unit}`,
        because: `the text says “${bound.quote}” of a replica; PostgreSQL is assumed`,
      }
    },
  },
  {
    rule: 'database-reachable',
    reads: 'a database that is reachable, online or connected',
    offered: false,
    when: parts(`(?:${DATABASE_NAME}).{0,30}(?:${CONNECTED})|(?:${CONNECTED}).{0,20}(?:${DATABASE_NAME})`),
    unless: words(
      'ssl|tls|ssl/tls|from|pool(?:ing|s)?|strings?|urls?|credentials|backups?|mysql|mariadb|mongo(?:db)?|sql server|mssql|cosmos|firestore|firebase|dataverse|sqlite|d1|redis|alert\\p{L}*|uyarı\\p{L}*|issues|errors?|encrypted|documented|details|tables?|permissions|users?|limits?|restricted|only|firewall|closed|leaks?',
    ),
    read: (line) => ({
      probe: `${DATABASE} expect select`,
      because: `${quoted(line, parts(`.{0,30}(?:${DATABASE_NAME}).{0,40}`))}; PostgreSQL is assumed, and a role of the database that may read nothing is enough`,
    }),
  },
  {
    rule: 'index-use',
    reads: 'indexes that are used',
    offered: false,
    when: parts('index(?:es|ing)? (?:are |properly |well )?(?:utili[sz]ed|used)'),
    read: (line) => ({
      probe: `${DATABASE} expect index-use >= 95%`,
      because: `${quoted(line, parts('index.{0,40}'))} and no number; 95% of the rows read in big tables is assumed`,
    }),
  },
  {
    rule: 'cache-ttl',
    reads: 'times to live of cached keys',
    offered: false,
    when: parts(
      '(?:cache|redis)(?: keys?)? (?:ttls?|expir\\p{L}*|time[- ]to[- ]live)[^.]{0,30}(?:configured|set|appropriate|defined|tuned)|ttls? (?:are )?(?:configured|set) (?:for|on) (?:all )?(?:cache|keys)|缓存过期.{0,6}(?:配置|设置)|キャッシュ(?:の)?ttl',
    ),
    unless: words('dns|cdn|cloudfront'),
    read: (line) => ({
      probe: `${REDIS} expect keys-expiring >= 95%, longest-ttl <= 7d`,
      because: `${quoted(line, parts('.{0,10}(?:ttl|expir|time[- ]to[- ]live|过期).{0,30}'))} and no number; a Redis cache in which nearly every key expires within 7 days is assumed`,
    }),
  },
  {
    rule: 'query-time',
    reads: 'queries of the database that are fast enough, and a time',
    offered: false,
    when: parts(
      '(?:database |db |sql )?quer(?:y|ies) (?:performance|response times?|execution times?|times?|latency)',
    ),
    unless: words(
      'monitor\\p{L}*|alert\\p{L}*|track\\p{L}*|log\\p{L}*|slow|dashboards?|graphql|search|review\\p{L}*|dataverse|test(?:s|ing)?|baseline|improv\\p{L}*|metrics',
    ),
    read: readQueryTime,
  },
]
