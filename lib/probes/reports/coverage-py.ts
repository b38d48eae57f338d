import { counterOf, coverageFacts, detailed } from './coverage-sum.ts'
import type { CoverageFacts } from './facts.ts'
import type { JsonFormat } from './json-format.ts'
import { countIn, isObject, Misshapen, objectIn, tableIn, valuesIn } from './json-shape.ts'

/** `coverage json` of coverage.py: its lines are its statements. Branches are there when they were measured. */
export const coveragePy: JsonFormat = {
  format: 'coverage-py',
  isThis: (root) =>
    root.is === 'object' &&
    isObject(root.members.get('meta')) &&
    isObject(root.members.get('totals')) &&
    isObject(root.members.get('files')),
  read(root): CoverageFacts {
    if (!isObject(root)) throw new Misshapen(root.at, 'this is not coverage.py')
    const totals = objectIn(root, 'totals')
    const files = tableIn(root, 'files') ?? []
    if (totals === null) throw new Misshapen(root.at, '"totals" is missing')
    const lines = { covered: 0, total: 0 }
    const branches = { covered: 0, total: 0 }
    for (const [, file] of files) {
      const executed = (valuesIn(file, 'executed_lines') ?? []).length
      lines.covered += executed
      lines.total += executed + (valuesIn(file, 'missing_lines') ?? []).length
      const taken = (valuesIn(file, 'executed_branches') ?? []).length
      branches.covered += taken
      branches.total += taken + (valuesIn(file, 'missing_branches') ?? []).length
    }
    return coverageFacts({
      files: files.length,
      lines: {
        stated: counterOf(countIn(totals, 'covered_lines'), countIn(totals, 'num_statements')),
        counted: detailed(lines),
      },
      branches: {
        stated: counterOf(countIn(totals, 'covered_branches'), countIn(totals, 'num_branches')),
        counted: detailed(branches),
      },
    })
  },
}
