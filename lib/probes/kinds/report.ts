import { z } from 'zod'
import { hasExpectation, NO_EXPECTATION, pushedFields, usualPushed } from '../base-probe.ts'
import { type AnyCheck, checkSchema, type Forms, number, printCheck, readCheck } from '../checks.ts'
import { choice } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { inQuotes } from '../print-text.ts'
import { MEANINGS } from '../reports/formats.ts'
import { REPORT_LIMITS } from '../reports/limits.ts'
import type { Scanner } from '../scanner.ts'
import { isQuotable } from '../texts.ts'

const COUNT = number(null)
const SHARE = number('%')

/** What can be asked of each meaning. */
export const REPORT_FORMS = {
  tests: {
    tests: COUNT,
    passed: COUNT,
    /** Ran and did not pass: failures and errors. */
    failed: COUNT,
    errored: COUNT,
    skipped: COUNT,
    time: number('ms'),
  },
  coverage: { lines: SHARE, branches: SHARE, functions: SHARE, statements: SHARE },
  findings: {
    critical: COUNT,
    high: COUNT,
    medium: COUNT,
    low: COUNT,
    info: COUNT,
    all: COUNT,
    suppressed: COUNT,
    unscanned: COUNT,
  },
  components: {
    components: COUNT,
    unpinned: COUNT,
    vulnerabilities: COUNT,
    critical: COUNT,
    high: COUNT,
    medium: COUNT,
    low: COUNT,
  },
} as const satisfies Record<(typeof MEANINGS)[number], Forms>

/** The word that tells two reports of one meaning apart. */
export function isReportName(text: string): boolean {
  return isQuotable(text) && text.length <= REPORT_LIMITS.nameLength && /^\S(?:.*\S)?$/.test(text)
}

const fields = {
  ...pushedFields,
  kind: z.literal('report'),
  name: z.string().refine(isReportName).nullable(),
}
const conditions = <F extends Forms>(forms: F) =>
  z.array(checkSchema(forms)).min(1).max(PROBE_LIMITS.conditions)
const of = <M extends keyof typeof REPORT_FORMS>(meaning: M) => z.literal(meaning)

export const reportProbeSchema = z
  .discriminatedUnion('meaning', [
    z.strictObject({ ...fields, meaning: of('tests'), conditions: conditions(REPORT_FORMS.tests) }),
    z.strictObject({ ...fields, meaning: of('coverage'), conditions: conditions(REPORT_FORMS.coverage) }),
    z.strictObject({ ...fields, meaning: of('findings'), conditions: conditions(REPORT_FORMS.findings) }),
    z.strictObject({ ...fields, meaning: of('components'), conditions: conditions(REPORT_FORMS.components) }),
  ])
  .refine(hasExpectation, NO_EXPECTATION)
export type ReportProbe = z.infer<typeof reportProbeSchema>

const DAY = 86_400
const EXAMPLES = {
  tests: 'failed == 0',
  coverage: 'lines >= 80%',
  findings: 'critical == 0',
  components: 'components >= 1',
} as const
/** A commit's report does not age, its commit binds it; what is known to be vulnerable grows without it. */
export const USUAL_SHELF = {
  tests: 30 * DAY,
  coverage: 30 * DAY,
  findings: 7 * DAY,
  components: 30 * DAY,
} as const

export const reportGrammar: ProbeGrammar<ReportProbe> = {
  schema: reportProbeSchema,
  subjects: [...new Set(MEANINGS.flatMap((meaning) => Object.keys(REPORT_FORMS[meaning])))],
  options: [],
  repeatable: [],
  example: EXAMPLES.tests,
  exampleFor: ({ meaning }) => EXAMPLES[meaning],
  head(scanner) {
    const meaning = choice(scanner, MEANINGS, 'what the report is about')
    return { ...usualPushed(), kind: 'report', meaning, name: readName(scanner), conditions: [] }
  },
  condition: (scanner, level, { meaning }) =>
    readCheck<Forms>(scanner, { level, forms: REPORT_FORMS[meaning] }) as ReportProbe['conditions'][number],
  option() {},
  printHead: ({ meaning, name }) => (name === null ? meaning : `${meaning} ${inQuotes(name)}`),
  printCondition: (check: AnyCheck) => printCheck(check),
  printOptions: () => [],
  usualShelf: ({ meaning }) => USUAL_SHELF[meaning],
  sent: () => [],
}

function readName(scanner: Scanner): string | null {
  if (!scanner.isAtQuote()) return null
  const offset = scanner.offset
  const name = scanner.quoted()
  if (isReportName(name)) return name
  return scanner.fail({
    offset,
    message: `the name of a report is 1 to ${REPORT_LIMITS.nameLength} characters, with no blank at its ends`,
    expected: ['"unit"'],
  })
}
