import type { Line } from './suggest-line.ts'
import { type Reading, type Rule, words } from './suggest-rule.ts'

type Header = {
  name: string
  called: RegExp
  /** The condition, and what it takes for granted where the line says no value. */
  ask: (line: Line) => { condition: string; assumed: string | null } | null
}

const YEAR = 31_536_000

const HEADERS: readonly Header[] = [
  {
    name: 'content-security-policy',
    called: words('content[- ]security[- ]policy|csp'),
    ask: () => ({ condition: 'header content-security-policy present', assumed: null }),
  },
  {
    name: 'x-frame-options',
    called: words('x[- ]frame[- ]options|xfo'),
    ask: ({ text }) => {
      const value = words('deny|sameorigin').exec(text)?.[0]
      return value === undefined
        ? { condition: 'header x-frame-options in ("DENY", "SAMEORIGIN")', assumed: 'DENY or SAMEORIGIN' }
        : { condition: `header x-frame-options == "${value.toUpperCase()}"`, assumed: null }
    },
  },
  {
    name: 'x-content-type-options',
    called: words('x[- ]content[- ]type[- ]options|nosniff'),
    ask: ({ text }) => ({
      condition: 'header x-content-type-options == "nosniff"',
      assumed: text.includes('nosniff') ? null : 'nosniff, its only value',
    }),
  },
  {
    name: 'strict-transport-security',
    called: words('strict[- ]transport[- ]security|hsts'),
    ask: ({ text }) => {
      const age = /max-age\s?(?:=|:|>=|of)?\s?(\d{1,10})/.exec(text)?.[1]
      return {
        condition: `header strict-transport-security max-age >= ${age ?? YEAR}`,
        assumed: age === undefined ? 'max-age of a year or more' : null,
      }
    },
  },
  {
    name: 'referrer-policy',
    called: words('referrer[- ]policy'),
    ask: ({ text }) => {
      const value = words(
        'no-referrer-when-downgrade|strict-origin-when-cross-origin|origin-when-cross-origin|strict-origin|same-origin|no-referrer',
      ).exec(text)?.[0]
      return value === undefined
        ? { condition: 'header referrer-policy present', assumed: null }
        : { condition: `header referrer-policy == "${value}"`, assumed: null }
    },
  },
  {
    name: 'permissions-policy',
    called: words('permissions[- ]policy'),
    ask: () => ({ condition: 'header permissions-policy present', assumed: null }),
  },
]

const NAMED = new RegExp(HEADERS.map(({ called }) => called.source).join('|'), 'u')
/** What a line says that has no header on the wire yet. */
const NOT_ON_THE_WIRE = words('report[- ]only|violations?|violation reports?|preload list|documented')

/** What stands under the line often names what the line does not. */
function readAll(line: Line): Reading {
  const under = readNamed({ ...line, text: line.detail })
  if (under !== null)
    return { probe: under.probe, because: `${under.because}, under “${line.text.slice(0, 60)}”` }
  return {
    probe: `headers $\{BASE_URL}/ expect grade >= B`,
    because: `the text says “${line.text.slice(0, 60)}” and names none; grade B of the HTTP Observatory or better is assumed`,
  }
}

/** One probe for all the headers that the line names. */
function readNamed(line: Line): Reading | null {
  const asked = HEADERS.flatMap(({ name, called, ask }) => {
    const said = called.exec(line.text)?.[0]
    const answer = said === undefined ? null : ask(line)
    return said === undefined || answer === null ? [] : [{ name, said, ...answer }]
  })
  if (asked.length === 0) return null
  const assumed = asked.flatMap(({ name, assumed }) =>
    assumed === null ? [] : [`${name}: ${assumed} is assumed`],
  )
  return {
    probe: `http $\{BASE_URL}/ expect ${asked.map(({ condition }) => condition).join(', ')}`,
    because: [`the text says “${asked.map(({ said }) => said).join('”, “')}”`, ...assumed].join('; '),
  }
}

export const HEADER_RULES: readonly Rule[] = [
  {
    rule: 'header-named',
    reads: 'names of security headers, with DENY, SAMEORIGIN, nosniff, max-age and referrer policies',
    offered: true,
    when: NAMED,
    unless: NOT_ON_THE_WIRE,
    read: readNamed,
  },
  {
    rule: 'headers-all',
    reads: '“security headers” without a name',
    offered: false,
    when: words(
      'security headers?|sicherheits-?header|headers de s[ée]curité|en-têtes de sécurité|cabeceras de seguridad|güvenlik başlıkları|заголовки безопасности|安全(?:响应)?头|セキュリティヘッダー?',
    ),
    unless: words('documented|policy|scan(?:ned)?|headers? de seguridad revisad[ao]s'),
    read: readAll,
  },
]
