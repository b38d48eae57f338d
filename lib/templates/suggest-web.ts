import { readBounds } from './suggest-bounds.ts'
import { HEALTH_NAME, HEALTH_PATH, PATH_START } from './suggest-health.ts'
import type { Line } from './suggest-line.ts'
import { parts, quoted, type Reading, type Rule, words } from './suggest-rule.ts'

const BASE = '$' + '{BASE_URL}'

const ANY_PATH = new RegExp(`${PATH_START}/[\\w.~-]{1,60}(?:/[\\w.~-]{1,60}){0,5}/?(?![\\w/{*:<])`, 'gu')
const STATUS = /(?<![\d.,])([1-5]\d\d)(?![\d.,]*\d|\s?(?:ms|s\b|mb|gb|kb|%|items|users|requests))/u
const WRITES = words('post|put|patch|delete')
const ANSWERS =
  'returns?|responds?|answers?|gives?|responde|devuelve|renvoie|répond|liefert|antwortet|gibt|возвращает|отвечает|döner|dönüyor|返回|返す|→|->|=>|:'
/** One of several answers would be asked for. */
const SEVERAL = /[1-5]\d\d ?(?:\/|or|oder|ou|o|veya|или|,) ?[1-5]\d\d/u
/** Someone else's pages: reading them is work, and a 200 from them says nothing about this release. */
const OTHERS =
  /^https?:\/\/[^/]*(?:github|gitlab|bitbucket|slack|notion|atlassian|google|apple|microsoft|azure|amazon|aws|npmjs|pypi|zenodo|docker|discord|sentry|grafana|cloudflare|vercel|netlify|railway|stripe|twilio|wikipedia|w3\.org|mozilla|ietf)\b/i
const PLACEHOLDER = /your|example|localhost|127\.0\.0\.1|<|\{|\.\.\.|xxx|\*/i
const OPENS =
  'open|opens?|browse to|browse|visit|access|go to|navigate to|check|curl|öffnen|ouvrir|abrir|visitar|откройте|открыть|перейдите|aç|açılıyor|打开|访问|開く|アクセス'

/** A health address in the line: the path alone, or the whole address where the line gives a real one. */
function healthAddress({ written, urls }: Line): { address: string; said: string } | null {
  const named = urls.filter((url) => new RegExp(`/(?:${HEALTH_NAME})(?:/|$)`, 'i').test(url))
  const paths = [...new Set([...written.matchAll(HEALTH_PATH)].map(([path]) => path))]
  if (named.length + paths.length !== 1) return null
  const [path] = paths
  if (path !== undefined) return { address: BASE + path, said: path }
  const url = named[0] ?? ''
  if (!PLACEHOLDER.test(url)) return { address: url, said: url }
  const rest = url.replace(/^https?:\/\/[^/]*/, '')
  return { address: BASE + rest, said: rest }
}

function readHealthAddress(line: Line): Reading | null {
  const found = healthAddress(line)
  if (found === null || WRITES.test(line.text) || SEVERAL.test(line.text)) return null
  const status = STATUS.exec(line.text)?.[1]
  return {
    probe: `http ${found.address} expect status == ${status ?? 200}`,
    because:
      status === undefined
        ? `the text names ${found.said} and no status; 200 is assumed`
        : `the text names ${found.said} and ${status}`,
  }
}

function readEndpoint(line: Line): Reading | null {
  const paths = [...new Set([...line.written.matchAll(ANY_PATH)].map(([path]) => path))]
  const status = STATUS.exec(line.text)?.[1]
  const [path] = paths
  if (path === undefined || paths.length > 1 || status === undefined) return null
  if (WRITES.test(line.text) || SEVERAL.test(line.text)) return null
  return {
    probe: `http ${BASE}${path} expect status == ${status}`,
    because: `the text names ${path} and ${status}`,
  }
}

function readOpenedAddress(line: Line): Reading | null {
  const [url] = line.urls
  if (url === undefined || line.urls.length > 1) return null
  if (OTHERS.test(url) || PLACEHOLDER.test(url) || /#/.test(url)) return null
  return {
    probe: `http ${url} expect status == 200`,
    because: `the text gives ${url} to open; 200 is assumed`,
  }
}

function readPageTime(line: Line): Reading | null {
  const bounds = readBounds(line.text).filter(({ unit }) => unit === 'ms' || unit === 's')
  const [bound] = bounds
  if (bound === undefined || bounds.length > 1 || !bound.op.startsWith('<')) return null
  return {
    probe: `http ${BASE}/ expect status == 200, time ${bound.op} ${bound.value}${bound.unit}`,
    because: `the text says “${bound.quote}” of a page; one request for the front page is measured, without its scripts and pictures`,
  }
}

const HEALTH_WORDS = words(
  'health[- ]?checks?|health endpoints?|sağlık kontrolü|проверк[аи] (?:здоровья|работоспособности)|gesundheitsprüfung|chequeos? de salud',
)
const WELL = words(
  'pass(?:es|ed|ing)?|succeeds?|successful|returns?|returning|responds?|responding|respondiendo|ok|green|healthy|works?|working|accessible|reachable|up|проходит|работает|успешно|çalışıyor|başarılı|bestanden|erfolgreich|réussi',
)
const PAGE =
  "application|app|site|web ?site|web ?app|home ?page|landing page|front ?page|front ?end|page|startseite|anwendung|page d[’']accueil|página(?: principal)?|sitio|ana sayfa|sayfa|сайт|приложение|страница"
const LOADS =
  'loads?(?: correctly| successfully| without errors?)?|loading|opens|is up|is live|is accessible|accessible|reachable|responds|lädt|erreichbar|accessible|se charge|carga|açılıyor|yükleniyor|erişilebilir|загружается|загрузиться|открывается|доступ(?:ен|на|но)'

export const WEB_RULES: readonly Rule[] = [
  {
    rule: 'health-path',
    reads: 'a path or address that ends in health, healthz, live, ready, ping…, and a status',
    offered: true,
    when: null,
    unless: words(
      'documented|monitored|alert(?:s|ing)?|local(?:ly)?|protected|protegido|restricted|requires?|unauthori[sz]ed|loki|grafana|prometheus|jaeger|elasticsearch|kibana|keycloak|rabbitmq|minio|qdrant|ollama',
    ),
    read: readHealthAddress,
  },
  {
    rule: 'health-words',
    reads: '“health check” with a word for well (passes, returns, works…) and no path',
    offered: false,
    when: HEALTH_WORDS,
    unless: words(
      'all|each|every|daily|weekly|configured|defined|documented|process|database|db|redis|system health check|review(?:ed)?|create|view|scheduled|pods?|probes?|swagger',
    ),
    read: (line) =>
      WELL.test(line.text)
        ? {
            probe: `http ${BASE}${line.healthPath ?? '/health'} expect status == ${STATUS.exec(line.text)?.[1] ?? 200}`,
            because: `${quoted(line, HEALTH_WORDS)} and no path; ${line.healthPath === null ? '/health is assumed' : `the document names ${line.healthPath} elsewhere`}`,
          }
        : null,
  },
  {
    rule: 'metrics-endpoint',
    reads: '“metrics endpoint”, `/metrics`',
    offered: true,
    when: parts(
      'metrics endpoint|prometheus endpoint|/metrics(?![\\w/])|эндпоинт метрик|метрики доступны|指标接口|メトリクスエンドポイント',
    ),
    unless: words('documented|dashboards?|create|define|both|all services|each'),
    read: (line) => ({
      probe: `metrics ${BASE}${/\/(?:[\w.-]{1,40}\/){0,3}metrics(?![\w/])/u.exec(line.written)?.[0] ?? '/metrics'} expect parses`,
      because: line.text.includes('/metrics')
        ? 'the text names /metrics; that all of it parses shows the Prometheus format'
        : 'the text says metrics endpoint; /metrics in the Prometheus format is assumed',
    }),
  },
  {
    rule: 'endpoint-status',
    reads: 'one path, an answering verb and a status, in a line that does not write (POST, PUT…)',
    offered: false,
    when: parts(`(?:${ANSWERS})[^/]{0,40}[1-5]\\d\\d`),
    read: readEndpoint,
  },
  {
    rule: 'address-opens',
    reads: 'one address of the team’s own, behind “open”, “browse to”, “visit”, or alone',
    offered: false,
    when: parts(`^(?:(?:${OPENS})(?![\\p{L}])[^.]{0,60})?$`),
    read: readOpenedAddress,
  },
  {
    rule: 'page-time',
    reads: 'a page or application that loads in less than a time',
    offered: false,
    when: words(
      `(?:page|home ?page|application|site|website|seite|sayfa|страниц[аы]|página)[^.]{0,30}(?:loads?|load time|loading time|opens|ladezeit|yüklenme|загружается|carga)`,
    ),
    unless: words('contentful|interactive|lcp|fcp|tti|core web vitals|3g|4g|average|mobile|app'),
    read: readPageTime,
  },
  {
    rule: 'page-loads',
    reads: 'the application, the site or its front page loads, opens or is reachable',
    offered: false,
    when: words(`(?:${PAGE})(?: (?:url|is|can be))? (?:${LOADS})`),
    unless: words(
      'visit|legal|within|in reasonable time|< ?\\d|documentation|status page|error page|404|privacy|policy|test(?:flight)?|if|dashboards?|offline|keyboard|screen readers?|mobile|phone|browsers?|responsive',
    ),
    read: (line) => ({
      probe: `http ${BASE}/ expect status == 200, header content-type contains "text/html"`,
      because: `the text says “${line.text.slice(0, 80)}”; the front page with 200 and HTML is asked, its scripts are not run`,
    }),
  },
  {
    rule: 'robots-sitemap',
    reads: '`robots.txt` and `sitemap.xml` that are there',
    offered: true,
    when: parts('robots\\.txt|sitemap'),
    unless: words(
      'submitted|search console|html|not blocking|update[ds]?|تحديث|güncelle\\w*|xml and|generate(?:d automatically)?|and robots|and sitemap\\p{L}*',
    ),
    read: (line) => {
      const file = line.text.includes('robots.txt') ? 'robots.txt' : 'sitemap.xml'
      return {
        probe: `http ${BASE}/${file} expect status == 200, body contains "${file === 'robots.txt' ? 'User-agent' : '<loc\\>'}"`,
        because: `the text names ${line.text.includes(file) ? file : `a sitemap; ${file} is assumed`}`,
      }
    },
  },
  {
    rule: 'https-redirect',
    reads: 'HTTP redirects to HTTPS, HTTPS is enforced',
    offered: true,
    when: parts(
      'http(?: (?:requests?|traffic))? (?:is |are )?(?:redirect(?:s|ed)?|→|->) (?:to )?https|https (?:is )?(?:enforce[dm]|only|redirect|zorunlu|erzwungen|forcé|obligatoire|forzado)|(?:enforce|force|require|erzwinge|принудительный|強制) https|https(?:強制|へのリダイレクト)|redirect(?:ion)? (?:http )?(?:vers|to|a|auf) https|强制 ?https',
    ),
    unless: words(
      'communications?|internal|external|outgoing|upgrade-insecure-requests|documented|webhooks?|everywhere|tls 1\\.\\d\\+?',
    ),
    read: (line) => ({
      probe: `redirect ${BASE}/ expect https`,
      because: `${quoted(line, parts('[^.;,]*https[^.;,]*'))}; the front page without TLS is asked`,
    }),
  },
  {
    rule: 'stable',
    reads: 'the application, the system or the deployment is stable',
    offered: false,
    when: words(
      '(?:application|app|system|service|site|production|deployment)s? (?:is |are |remains? |running )?stable|(?:system|application) stability (?:verified|confirmed)|anwendung (?:ist |läuft )?stabil|application (?:est )?stable|sistem (?:kararlı|stabil)|система стабильна|系统稳定|システム安定',
    ),
    unless: words('channel|branch|release|versions?|metrics|memory|cpu|for \\d+|after \\d+|internet'),
    read: (line) => ({
      probe: `http ${BASE}${line.healthPath ?? '/health'} expect status == 200, window 3 of 3 every 10s`,
      because: `the text says “${line.text.slice(0, 80)}” and no number; 200 from ${line.healthPath ?? '/health'} three times within half a minute is assumed`,
    }),
  },
  {
    rule: 'api-answers',
    reads: 'API or its endpoints that answer, without a path',
    offered: false,
    when: words(
      '(?<=^|(?:verify|confirm|ensure|check|the|backend|that) )api(?: endpoints?| routes?)?(?: is| are)? (?:respond\\p{L}*|accessible|reachable|working|functional|operational|up|live|online|erreichbar|erişilebilir|доступ\\p{L}*)(?: correctly| properly| successfully)?',
    ),
    unless: words(
      'all|each|every|critical|keys?|both|tested|locally|third-party|external|docs?|documentation|response',
    ),
    read: (line) => ({
      probe: `http ${BASE}/api/status expect status == 200`,
      because: `the text says “${line.text.slice(0, 80)}” and no path; /api/status with 200 is assumed: put one of your own`,
    }),
  },
  {
    rule: 'dns-resolves',
    reads: 'DNS that resolves, is propagated or points to an address',
    offered: true,
    when: words(
      'dns(?: records?| resolution| propagation| entries| a record)?(?: is| are| has| have| verify dns is)? (?:resolv\\p{L}*|propagated|verified|correct|correctly|working|propagé|points?|point|pointing|complete|configured|set|updated|konfigüre edildi|yapılandırıldı|konfiguriert|configuré\\p{L}*|configurad\\p{L}*|настроен\\p{L}*)|dns[^.]{0,12}resolv(?:es|ing)',
    ),
    unless: words(
      'plan|failover|prefetch|third-party|lowered|reduced|mx|spf|dkim|dmarc|txt|caa|internal|rollback|ready|backup|monitoring|bekle|copied|added|ttl',
    ),
    read: (line) => {
      const address = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/u.exec(line.text)?.[0]
      return {
        probe: `dns $\{DOMAIN} A expect rcode NOERROR, ${address === undefined ? 'answers >= 1' : `answer ${address}`}`,
        because: `${quoted(line, parts('.{0,10}dns.{0,40}'))}; ${address === undefined ? 'that one name has an address is asked, not which one' : `“${address}”`}`,
      }
    },
  },
]
