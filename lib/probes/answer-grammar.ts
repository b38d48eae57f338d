import { AGE_UNITS, COMPARISONS, type Condition, HTTP_VERSIONS, ORDERINGS } from './condition.ts'
import { choice, plainCondition, quantity, text } from './condition-grammar.ts'
import type { Scanner } from './scanner.ts'
import { isHeaderName } from './texts.ts'

const EXCHANGE_SUBJECTS = ['http-version', 'tls', 'no-tls', 'final-url', 'header-age'] as const
/** What conditions on one answer over HTTP may look at. */
export const SUBJECTS = ['status', 'header', 'body', 'json', 'time', ...EXCHANGE_SUBJECTS] as const
type Level = Condition['level']

/** One condition on an answer over HTTP, without its `expect` or `warn`. */
export function condition(scanner: Scanner, level: Level): Condition {
  const written = scanner.peekWord()
  const subject = EXCHANGE_SUBJECTS.find((known) => known === written)
  if (subject === undefined && !SUBJECTS.some((known) => known === written))
    choice(scanner, SUBJECTS, 'what to look at')
  if (subject === undefined) return plainCondition(scanner, level)
  scanner.word()
  if (subject === 'http-version') return version(scanner, level)
  if (subject === 'header-age') return headerAge(scanner, level)
  if (subject === 'final-url') {
    const op = choice(scanner, ['==', '!=', 'contains', 'lacks'] as const, 'a comparison')
    return { level, on: 'final_url', op, value: text(scanner) }
  }
  return { level, on: 'tls', used: subject === 'tls' }
}

function version(scanner: Scanner, level: Level): Condition {
  const op = choice(scanner, COMPARISONS, 'a comparison')
  scanner.skipBlanks()
  const { offset } = scanner
  const word = scanner.word()
  const value = HTTP_VERSIONS.find((known) => known === word || known === `${word}.0`)
  if (value === undefined)
    return scanner.fail({
      offset,
      message: 'probes speak HTTP/2 and HTTP/1.1, which can be answered in 1.0 and 1.1',
      expected: [...HTTP_VERSIONS],
      fix: 'write 1.1',
    })
  return { level, on: 'http_version', op, value }
}

function headerAge(scanner: Scanner, level: Level): Condition {
  scanner.skipBlanks()
  const start = scanner.offset
  const name = scanner.word().toLowerCase()
  if (!isHeaderName(name))
    scanner.fail({ offset: start, message: 'a header name is missing', expected: ['last-modified'] })
  const op = choice(scanner, ORDERINGS, 'a comparison')
  scanner.skipBlanks()
  const { offset } = scanner
  const { value, unit } = quantity(scanner)
  const known = AGE_UNITS.find((one) => one === unit)
  if (known === undefined)
    return scanner.fail({
      offset,
      message: 'an age needs its unit',
      expected: ['24h', '7d'],
      fix: `write ${value}h`,
    })
  return { level, on: 'header_age', name, op, value, unit: known }
}
