import { counterOf, coverageFacts, detailed } from './coverage-sum.ts'
import type { Counter, CoverageFacts } from './facts.ts'
import { REPORT_LIMITS } from './limits.ts'
import { countOf } from './texts.ts'
import { type XmlElement, type XmlFormat, type XmlHandler, XmlProblem } from './xml-format.ts'

/**
 * Clover's `coverage`, as OpenClover, PHPUnit and Istanbul write it: totals in the metrics of the project, lines in the files. Tests
 * (`testproject`) are not what is to be covered.
 */
export const clover: XmlFormat = {
  format: 'clover',
  isThis: ({ name, attributes }) => name === 'coverage' && 'generated' in attributes,
  begin: () => new CloverHandler(),
}

class CloverHandler implements XmlHandler {
  private files = 0
  private elements = 0
  private metrics: Readonly<Record<string, string>> = {}
  /** Of the file that is read: several entries may stand for one line, which is covered when one of them is. */
  private readonly lines = new Map<string, boolean>()
  private readonly counted = { covered: 0, total: 0 }
  private readonly methods = { covered: 0, total: 0 }

  open({ name, attributes }: XmlElement, path: readonly string[]): void {
    if (path.includes('testproject')) return
    if (name === 'file') this.files++
    else if (name === 'metrics' && path.at(-1) === 'project') this.metrics = attributes
    else if (name === 'line' && path.at(-1) === 'file') this.line(attributes)
  }

  close({ name }: XmlElement): void {
    if (name !== 'file') return
    for (const isCovered of this.lines.values()) add(this.counted, isCovered)
    this.lines.clear()
  }

  facts(): CoverageFacts {
    const stated = (what: string) =>
      counterOf(countOf(this.metrics[`covered${what}`]), countOf(this.metrics[what]))
    return coverageFacts({
      files: this.files,
      lines: { stated: null, counted: detailed(this.counted) },
      statements: { stated: stated('statements'), counted: null },
      branches: { stated: stated('conditionals'), counted: null },
      functions: { stated: stated('methods'), counted: detailed(this.methods) },
    })
  }

  private line({ num, type, count, truecount, falsecount }: Readonly<Record<string, string>>): void {
    if (++this.elements > REPORT_LIMITS.values) throw new XmlProblem('the report has too many lines')
    const times = [count, truecount, falsecount].flatMap((text) =>
      text === undefined ? [] : [countOf(text)],
    )
    if (countOf(num) === null || times.length === 0 || times.includes(null))
      throw new XmlProblem('a line does not say how often it ran')
    const isCovered = times.some((one) => one !== null && one > 0)
    if (type === 'method') add(this.methods, isCovered)
    else this.lines.set(num ?? '', isCovered || this.lines.get(num ?? '') === true)
  }
}

function add(counter: Counter, isCovered: boolean): void {
  counter.total++
  if (isCovered) counter.covered++
}
