import { readAmounts } from './suggest-bounds.ts'
import type { Line } from './suggest-line.ts'
import { parts, quoted, type Reading, type Rule, variable, words } from './suggest-rule.ts'

const BASE = variable('BASE_URL')
const PASSWORD = `field password: "${variable('PROBE_PASSWORD')}"`
const BEARER = `send authorization: "Bearer $\{token}"`
const PRIVATE = '/api/private'
const PATHS = 'paths and names of fields are assumed: put your own'
const signIn = (user: string) =>
  `step "sign in" POST /api/login field email: "${variable(user)}", ${PASSWORD}`
const SIGNED_IN = `${signIn('PROBE_USER')}, expect status == 200, capture token json access_token`

/** The one time that a line states. */
function onlyTime({ text }: Line): { value: string; unit: string; quote: string } | null | undefined {
  const times = readAmounts(text).filter(
    ({ unit }) => unit === 's' || unit === 'm' || unit === 'h' || unit === 'd',
  )
  return times.length > 1 ? undefined : (times[0] ?? null)
}

function readTokenTime(line: Line): Reading | null {
  const time = onlyTime(line)
  if (time === undefined) return null
  return {
    probe: `steps ${BASE} ${SIGNED_IN}, expect jwt token exp-iat <= ${time === null ? '15m' : `${time.value}${time.unit}`}`,
    because: `${quoted(line, parts('.{0,20}(?:token|jwt).{0,40}'))}; ${time === null ? '15 minutes are assumed' : `“${time.quote}”`}; ${PATHS}`,
  }
}

function readCookies(line: Line): Reading {
  const traits = [
    ...(/secure/u.test(line.text) ? ['secure'] : []),
    ...(/http-?only/u.test(line.text) ? ['http-only'] : []),
    ...(/same-?site/u.test(line.text.replace(/same site/u, 'samesite')) ? ['same-site'] : []),
  ]
  return {
    probe: `cookies ${BASE}/ expect ${traits.map((trait) => `all ${trait}`).join(', ')}`,
    because: `${quoted(line, parts('.{0,40}cookies?.{0,40}'))}; the cookies that the front page sets are assumed, not those of signing in`,
  }
}

const WORKS =
  'work(?:s|ing)?|functional|functioning|operational|functions|successful|succeeds?|funktioniert|fonctionne\\p{L}*|funciona\\p{L}*|çalışıyor|работает|正常|動作'

export const ACCESS_RULES: readonly Rule[] = [
  {
    rule: 'token-lifetime',
    reads: 'how long a JWT or access token lives',
    offered: false,
    when: parts(
      '(?<!\\p{L})(?:jwt|access|auth|bearer)(?: access)?(?: tokens?)? (?:expir\\p{L}*|lifetimes?|ttl|timeouts?|max age|expires?|live)|(?:jwt|access) tokens?[^.]{0,20}(?:expir\\p{L}*|short-lived|lifetime)',
    ),
    unless: words('refresh|reset|invite|rotat\\p{L}*|apns|handled|gracefully|alert|expired|documented'),
    read: readTokenTime,
  },
  {
    rule: 'session-timeout',
    reads: 'sessions that end by themselves after a time',
    offered: false,
    when: parts(
      'session (?:idle )?(?:timeouts?|expir\\p{L}*|lifetimes?|durations?)[^.]{0,30}|sessions? (?:expire|time out|end) after|sitzungs-?(?:timeout|ablauf)|expiration de session|oturum (?:süresi|zaman aşımı)|会话超时|セッションタイムアウト|таймаут сессии',
    ),
    unless: words('warning|clears|handl\\p{L}*|load balancer|sticky|vpn|ssh'),
    read: (line) => ({
      probe: `steps ${BASE} ${signIn('IDLE_PROBE_USER')}, expect status == 200 step "after its time" ${PRIVATE}, wait 2s, expect status == 401, timeout 15s`,
      because: `${quoted(line, parts('.{0,10}(?:session|sitzung|oturum|会话|セッション|сессии).{0,40}'))}; a user whose sessions end after a second shows that they end, not after which time; ${PATHS}`,
    }),
  },
  {
    rule: 'sign-out',
    reads: 'sign-out that ends the session, session management that works',
    offered: false,
    when: parts(
      `session (?:management|handling) (?:is )?(?:${WORKS}|verified|tested|secure|: passed)|(?:logout|log out|sign[- ]?out|logging out)[^.]{0,20}(?:${WORKS}|invalidates|clears|ends|destroys|revokes|terminates)|sessions? (?:are |is )?(?:invalidated|destroyed|terminated|cleared|revoked) (?:on|after|at|upon) (?:logout|sign[- ]?out)|token blacklist funcional`,
    ),
    unless: words('login|documented|2fa|mfa'),
    read: (line) => ({
      probe: `steps ${BASE} ${SIGNED_IN} step "sign out" POST /api/logout, ${BEARER}, expect status in (200, 204) step "the old session" ${PRIVATE}, ${BEARER}, expect status == 401`,
      because: `${quoted(line, parts('.{0,20}(?:session|logout|log out|sign[- ]?out|logging out|token).{0,40}'))}; that signing out ends the session is asked; ${PATHS}`,
    }),
  },
  {
    rule: 'weak-password',
    reads: 'password policies that are enforced, weak passwords that are refused',
    offered: false,
    when: parts(
      'password (?:polic(?:y|ies)|requirements|complexity|strength)(?: (?:requirements|rules))?[^.]{0,12}(?:enforced|configured|implemented|enabled|validated|set|active)|(?:strong|complex) passwords? (?:are )?(?:enforced|required)|enforce strong passwords|weak passwords? (?:are )?(?:rejected|refused|blocked)|passwortrichtlinie\\p{L}* .{0,12}(?:aktiv|erzwungen)|politique de mots? de passe|política de contraseñas|парольн\\p{L}* политик|密码策略|パスワードポリシー',
    ),
    unless: words('database|redis|admin|default|wi-?fi|rotat\\p{L}*'),
    read: (line) => ({
      probe: `steps ${BASE} step "a weak password" POST /api/register field email: "weak-password@example.com", field password: "12345", expect status in (400, 422), body matches "(?i)password"`,
      because: `${quoted(line, parts('.{0,20}(?:password|passwort|mots? de passe|contraseñ|парол|密码|パスワード).{0,30}'))}; one weak password is tried; ${PATHS}`,
    }),
  },
  {
    rule: 'second-factor',
    reads: 'a second factor that is enabled or required',
    offered: false,
    when: parts(
      '(?<!\\p{L})(?:mfa|2fa|(?:multi|two)[- ]factor(?: auth(?:entication)?)?)(?: is| are)? (?:enabled|enforced|required|activated|active|mandatory|etkinleştirildi|aktiviert|activé\\p{L}*|включен\\p{L}*)|(?:require|enforce|enable) (?:mfa|2fa)|(?:多要素認証|多因素认证|双因素认证).{0,6}(?:実装|有効|启用)',
    ),
    unless: words('aws|root account|github|npm|registrar|domain|pypi|cloudflare|stripe|optional'),
    read: (line) => {
      const who = /admin|yönetici|администратор|管理/u.test(line.text) ? 'admins' : 'users'
      return {
        probe: `http ${variable('MFA_REPORT_URL')} send authorization: "Bearer ${variable('MFA_REPORT_TOKEN')}" expect status == 200, json ${who}_without_mfa == 0`,
        because: `${quoted(line, parts('.{0,20}(?:mfa|2fa|factor|要素|因素).{0,40}'))}; a report of the identity provider with “${who}_without_mfa” is assumed: put its own address and name`,
      }
    },
  },
  {
    rule: 'cookie-flags',
    reads: 'cookies with Secure, HttpOnly, SameSite',
    offered: false,
    when: parts(
      'cookies?[^.]{0,60}(?:secure|http-?only|same-?site)|(?:secure|http-?only|same-?site)[^.]{0,40}cookies?',
    ),
    unless: words('banner|consent|policy|cookie_secret|secret|refresh|tokens?|encrypted'),
    read: readCookies,
  },
  {
    rule: 'sign-in',
    reads: 'sign-in or authentication that works',
    offered: true,
    when: parts(
      `(?<!\\p{L})(?:(?:user )?(?:authentication|login|log-?in|sign[- ]?in)(?: (?:flow|process|page|functionality|system))?s? (?:is |are )?(?:${WORKS})|users? can (?:successfully )?(?:log ?in|sign ?in|login|authenticate)|jwt (?:authentication|auth) (?:is )?(?:${WORKS})|anmeldung funktioniert|connexion (?:utilisateur )?fonctionne|inicio de sesión funciona|giriş (?:yapma )?çalışıyor|вход (?:в систему )?работает|登录(?:功能)?正常|ログイン(?:機能)?(?:が)?(?:正常|動作))(?!\\p{L})`,
    ),
    unless: words(
      'keys?|oauth|google|facebook|apple|social|sso|saml|wallet|2fa|mfa|biometric|smtp|database|db|redis|ssh|oidc|github|magic|failed|app|otp|deployed|webhooks?',
    ),
    read: (line) => ({
      probe: `steps ${BASE} step "without a session" ${PRIVATE}, expect status in (401, 403) step "wrong password" POST /api/login field email: "${variable('PROBE_USER')}", field password: "not the password", expect status in (400, 401, 403) ${SIGNED_IN} step "with a session" ${PRIVATE}, ${BEARER}, expect status == 200`,
      because: `the text says “${line.text.slice(0, 80)}”; refused without a session and with a wrong password, let through with the right one; ${PATHS}`,
    }),
  },
  {
    rule: 'rate-limit',
    reads: 'rate limits that are configured or enforced',
    offered: true,
    when: parts(
      'rate[- ]?limit(?:s|ing|er)?(?: (?:is|are|has been))? (?:configured|enabled|active|actif|aktiv|in place|implemented|on auth|set|properly configured)|límite de peticiones (?:activo|configurado)|лимиты запросов настроены|限流.{0,4}(?:配置|启用)|レート制限.{0,4}(?:設定|有効)',
    ),
    unless: words(
      'per|per-\\p{L}+(?:-\\p{L}+)?|global|\\d+|frontend|email|sms|mail|llm|tokens?|third-party|stripe|cloudflare|firewall|cli',
    ),
    read: (line) => ({
      probe: `http ${variable('RATE_LIMITED_URL')} expect status in (200, 401, 429), header ratelimit-limit present`,
      because: `${quoted(line, parts('.{0,20}(?:rate[- ]?limit|límite|лимиты|限流|レート制限).{0,40}'))}; that the answer says its limit in “ratelimit-limit” is assumed, and whether it is the right one is not judged`,
    }),
  },
  {
    rule: 'credentials',
    reads: 'credentials of third parties that are valid or work',
    offered: false,
    when: parts(
      '(?:third[- ]party|external)(?: (?:services?|api))? (?:credentials|keys|api keys|tokens)[^.]{0,12}(?:verified|valid|tested|working|work)|api keys? (?:is |are )?(?:valid|working|work|verified)',
    ),
    unless: words('expos\\p{L}*|stored|secure\\p{L}*|rotat\\p{L}*|validation'),
    read: (line) => ({
      probe: `http ${variable('THIRD_PARTY_URL')} send authorization: "Bearer ${variable('THIRD_PARTY_TOKEN')}" expect status in (200, 204)`,
      because: `${quoted(line, parts('.{0,30}(?:credentials|keys?|tokens).{0,30}'))}; one credential, sent as a bearer token to one address, is asked`,
    }),
  },
]
