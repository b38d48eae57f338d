import { counterOf, coverageFacts, detailed } from './coverage-sum.ts'
import type { Counter, CoverageFacts } from './facts.ts'
import { countOf } from './texts.ts'
import { type XmlElement, type XmlFormat, type XmlHandler, XmlProblem } from './xml-format.ts'

/** JaCoCo's `report` (report.dtd 1.1): totals in the counters of the root, lines and their branches in the source files. */
export const jacoco: XmlFormat = {
  format: 'jacoco',
  isThis: ({ name }) => name === 'report',
  begin: () => new JacocoHandler(),
}

class JacocoHandler implements XmlHandler {
  private files = 0
  private readonly stated = new Map<string, Counter | null>()
  private readonly lines = { covered: 0, total: 0 }
  private readonly branches = { covered: 0, total: 0 }
  private readonly methods = { covered: 0, total: 0 }

  open(element: XmlElement, path: readonly string[]): void {
    const { name, attributes } = element
    const parent = path.at(-1)
    if (name === 'sourcefile') this.files++
    else if (name === 'counter' && parent === 'report')
      this.stated.set(attributes.type ?? '', counterOf(...pairOf(element, 'missed', 'covered')))
    else if (name === 'counter' && parent === 'class' && attributes.type === 'METHOD')
      add(this.methods, pairOf(element, 'missed', 'covered'))
    else if (name === 'line' && parent === 'sourcefile') {
      const [instructions] = pairOf(element, 'mi', 'ci')
      add(this.lines, [instructions > 0 ? 1 : 0, 1])
      add(this.branches, pairOf(element, 'mb', 'cb'))
    }
  }

  close(): void {}

  facts(): CoverageFacts {
    const stated = (type: string) => this.stated.get(type) ?? null
    return coverageFacts({
      files: this.files,
      lines: { stated: stated('LINE'), counted: detailed(this.lines) },
      branches: { stated: stated('BRANCH'), counted: detailed(this.branches) },
      functions: { stated: stated('METHOD'), counted: detailed(this.methods) },
    })
  }
}

/** What was covered, and all of it. */
function pairOf({ name, attributes }: XmlElement, missed: string, covered: string): [number, number] {
  const [not, done] = [countOf(attributes[missed]), countOf(attributes[covered])]
  if (not === null || done === null) throw new XmlProblem(`a ${name} has no "${missed}" or no "${covered}"`)
  return [done, done + not]
}

function add(counter: Counter, [covered, total]: readonly [number, number]): void {
  counter.covered += covered
  counter.total += total
}
