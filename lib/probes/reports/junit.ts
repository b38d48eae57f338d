import { canonicalDecimal } from '../decimals.ts'
import type { TestsFacts } from './facts.ts'
import { REPORT_LIMITS } from './limits.ts'
import { countOf, keptName, keptText } from './texts.ts'
import { type XmlElement, type XmlFormat, type XmlHandler, XmlProblem } from './xml-format.ts'

/**
 * JUnit XML. There is no one schema: the cases are what is counted, and the totals that suites state are compared with them.
 */
export const junit: XmlFormat = {
  format: 'junit',
  isThis: ({ name }) => name === 'testsuites' || name === 'testsuite',
  begin: (root) => new JunitHandler(root),
}

type Outcome = 'passed' | 'failed' | 'errored' | 'skipped'
type Counts = { tests: number; failures: number; errors: number; skipped: number }
type Suite = { name: string; element: XmlElement; direct: Counts; children: Counts; deep: Counts }
type Case = { name: string; element: XmlElement; has: Set<Outcome>; message: string | null }

const MOST_DISAGREEMENTS = 10
/** What children of a case mean. Attempts that a later one made good (`flakyFailure` of Surefire) mean nothing. */
const MEANING: Readonly<Record<string, Outcome>> = { failure: 'failed', error: 'errored', skipped: 'skipped' }
/**
 * What tools say in `status` or `result`, many of them there alone (GoogleTest, CTest, Ginkgo, behave, NUnit, Allure), in small
 * letters without blanks and signs between. What is not here may mean anything.
 */
const WORDS: Readonly<Record<Outcome, readonly string[]>> = {
  passed: [...['run', 'completed', 'passed', 'pass', 'success', 'successful', 'succeeded', 'ok', 'fixed']],
  failed: ['failed', 'fail', 'failure', 'notok', 'unsuccessful', 'regression'],
  errored: [
    ...['error', 'errored', 'broken', 'timedout', 'timeout', 'aborted', 'interrupted', 'panicked', 'crashed'],
    ...['crash', 'cancelled', 'canceled', 'killed', 'invalid', 'undefined', 'fatal'],
  ],
  skipped: [
    ...['notrun', 'skipped', 'skip', 'disabled', 'suppressed', 'ignored', 'ignore', 'pending', 'untested'],
    ...['notexecuted', 'notrunnable', 'todo', 'excluded', 'filtered'],
  ],
}
const STATUS: ReadonlyMap<string, Outcome> = new Map(
  (['passed', 'failed', 'errored', 'skipped'] as const).flatMap((outcome) =>
    WORDS[outcome].map((word) => [word, outcome] as const),
  ),
)

class JunitHandler implements XmlHandler {
  private readonly stack: Suite[] = []
  private suites = 0
  private current: Case | null = null
  private readonly counts = { tests: 0, passed: 0, failed: 0, errored: 0, skipped: 0 }
  private readonly failures: TestsFacts['failures'] = []
  private readonly disagreements: string[] = []
  /** Nanoseconds; null when a case that ran has no time that can be read. */
  private nanoseconds: bigint | null = 0n

  constructor(root: XmlElement) {
    this.suite(root)
  }

  open(element: XmlElement): void {
    if (element.name === 'testsuite' || element.name === 'testsuites') this.suite(element)
    else if (element.name === 'testcase') this.begin(element)
    else if (Object.hasOwn(MEANING, element.name)) this.says(element)
  }

  close(element: XmlElement, { path, text }: { path: readonly string[]; text: string }): void {
    if (element.name === 'testcase') this.ended()
    else if (element.name === 'testsuite' || element.name === 'testsuites') this.left()
    else if (path.at(-1) === 'testcase' && this.current !== null && Object.hasOwn(MEANING, element.name)) {
      const said = element.attributes.message ?? ''
      const message = keptText(said.trim() === '' ? text : said)
      if (element.name !== 'skipped') this.current.message ??= message === '' ? null : message
    }
  }

  facts(): TestsFacts {
    const { tests, passed, failed, errored, skipped } = this.counts
    const time = tests === skipped ? null : this.nanoseconds
    return {
      meaning: 'tests',
      suites: this.suites,
      ...{ tests, passed, failed, errored, skipped },
      time: time === null ? null : canonicalDecimal(`${time}e-6`),
      disagreements: this.disagreements,
      failures: this.failures,
    }
  }

  private suite(element: XmlElement): void {
    if (this.current !== null) throw new XmlProblem('a suite stands inside a case')
    if (element.name === 'testsuite') this.suites++
    const name = keptName(element.attributes.name ?? '') || element.name
    this.stack.push({ name, element, direct: none(), children: none(), deep: none() })
  }

  private begin(element: XmlElement): void {
    if (this.current !== null) throw new XmlProblem('a case stands inside a case')
    const { name = '', classname = '' } = element.attributes
    const place = classname === '' ? (this.stack.at(-1)?.name ?? '') : classname
    const whole = place === '' || name.startsWith(place) ? name : `${place} › ${name}`
    this.current = {
      name: keptName(whole) || 'a case without a name',
      element,
      has: new Set(),
      message: null,
    }
  }

  private says({ name }: XmlElement): void {
    const outcome = MEANING[name]
    if (outcome === undefined) return
    if (this.current !== null) this.current.has.add(outcome)
    // Of a suite that broke off outside of its cases nobody knows what it would have found.
    else if (outcome !== 'skipped')
      this.differs(`${this.stack.at(-1)?.name} has a ${name} outside of its cases`)
  }

  private ended(): void {
    const ended = this.current
    if (ended === null) return
    this.current = null
    const { has, element, name, message } = ended
    if (has.size === 0) for (const one of this.saidOf(element, name)) has.add(one)
    const outcome = (['failed', 'errored', 'skipped'] as const).find((one) => has.has(one)) ?? 'passed'
    this.counts.tests++
    this.counts[outcome]++
    if ((outcome === 'failed' || outcome === 'errored') && this.failures.length < REPORT_LIMITS.kept)
      this.failures.push({ name, is: outcome, message })
    if (outcome !== 'skipped') this.spent(element.attributes.time)
    const suite = this.stack.at(-1)
    if (suite === undefined) return
    const { direct } = suite
    direct.tests++
    if (has.has('failed')) direct.failures++
    if (has.has('errored')) direct.errors++
    if (outcome === 'skipped') direct.skipped++
  }

  /** What a case without a child that says it says in its attributes; nobody can tell how one with another word went. */
  private saidOf({ attributes }: XmlElement, name: string): Outcome[] {
    return (['status', 'result'] as const).flatMap((attribute) => {
      const word = attributes[attribute]?.trim() ?? ''
      if (word === '') return []
      const outcome = STATUS.get(word.toLowerCase().replace(/[\s_-]+/g, ''))
      if (outcome === undefined) this.differs(`${attribute} "${word}" of ${name} is not known`)
      return outcome === undefined || outcome === 'passed' ? [] : [outcome]
    })
  }

  /** Seconds; Surefire writes thousands with a comma. */
  private spent(text: string | undefined): void {
    const seconds = canonicalDecimal((text ?? '').trim().replace(/(\d),(?=\d{3})/g, '$1'))
    const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(seconds ?? '')
    if (match === null || this.nanoseconds === null) this.nanoseconds = null
    else this.nanoseconds += BigInt(`${match[1]}${(match[2] ?? '').slice(0, 9).padEnd(9, '0')}`)
  }

  private left(): void {
    const suite = this.stack.pop()
    if (suite === undefined) return
    const { direct, children, deep, element } = suite
    add(deep, direct)
    add(children, direct)
    this.compare(suite)
    const outer = this.stack.at(-1)
    if (outer === undefined) return
    add(outer.deep, deep)
    if (element.name === 'testsuite') add(outer.children, asOne(deep))
  }

  /**
   * A suite may state the cases that stand in it, those of its suites too, or, as Node's test runner does, count each of its suites
   * as one.
   */
  private compare({ name, element: { attributes }, direct, children, deep }: Suite): void {
    const disabled = countOf(attributes.disabled) ?? 0
    const stated: Readonly<Record<string, string | undefined>> = {
      ...attributes,
      skipped: attributes.skipped ?? attributes.skips,
    }
    for (const what of ['tests', 'failures', 'errors', 'skipped'] as const) {
      const said = stated[what]
      if (said === undefined) continue
      const count = countOf(said)
      const right = [direct[what], children[what], deep[what]]
      const more = what === 'skipped' && count !== null && right.includes(count + disabled)
      if (count !== null && (right.includes(count) || more)) continue
      this.differs(`${name} states ${keptName(said)} ${what}, and has ${deep[what]}`)
    }
  }

  private differs(text: string): void {
    if (this.disagreements.length < MOST_DISAGREEMENTS) this.disagreements.push(keptName(text))
  }
}

function none(): Counts {
  return { tests: 0, failures: 0, errors: 0, skipped: 0 }
}

function asOne({ failures, errors, skipped }: Counts): Counts {
  return {
    tests: 1,
    failures: Math.min(1, failures),
    errors: Math.min(1, errors),
    skipped: Math.min(1, skipped),
  }
}

function add(to: Counts, from: Counts): void {
  to.tests += from.tests
  to.failures += from.failures
  to.errors += from.errors
  to.skipped += from.skipped
}
