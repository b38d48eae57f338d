import { counterOf, coverageFacts, detailed } from './coverage-sum.ts'
import type { CoverageFacts } from './facts.ts'
import { countOf } from './texts.ts'
import { type XmlElement, type XmlFormat, type XmlHandler, XmlProblem } from './xml-format.ts'

/** Cobertura's `coverage`: totals in the root, lines in the classes. Of the lines in methods, which stand there again, none counts. */
export const cobertura: XmlFormat = {
  format: 'cobertura',
  isThis: ({ name, attributes }) =>
    name === 'coverage' && ('line-rate' in attributes || 'lines-valid' in attributes),
  begin: (root) => new CoberturaHandler(root),
}

class CoberturaHandler implements XmlHandler {
  private readonly root: XmlElement
  private readonly files = new Set<string>()
  private readonly lines = { covered: 0, total: 0 }
  private readonly branches = { covered: 0, total: 0 }

  constructor(root: XmlElement) {
    this.root = root
  }

  open({ name, attributes }: XmlElement, path: readonly string[]): void {
    if (name === 'class') this.files.add(attributes.filename ?? attributes.name ?? '')
    if (name !== 'line' || path.at(-1) !== 'lines' || path.at(-2) !== 'class') return
    const hits = attributes.hits ?? ''
    if (!/^-?\d{1,20}$/.test(hits)) throw new XmlProblem('a line does not say how often it ran')
    this.lines.total++
    if (!/^(?:-\d+|0+)$/.test(hits)) this.lines.covered++
    const [, taken, all] = /\((\d{1,9})\/(\d{1,9})\)/.exec(attributes['condition-coverage'] ?? '') ?? []
    this.branches.covered += countOf(taken) ?? 0
    this.branches.total += countOf(all) ?? 0
  }

  close(): void {}

  facts(): CoverageFacts {
    const { attributes } = this.root
    const stated = (what: string) =>
      counterOf(countOf(attributes[`${what}-covered`]), countOf(attributes[`${what}-valid`]))
    return coverageFacts({
      files: this.files.size,
      lines: { stated: stated('lines'), counted: detailed(this.lines) },
      branches: { stated: stated('branches'), counted: detailed(this.branches) },
    })
  }
}
