import { counterOf, coverageFacts, detailed } from './coverage-sum.ts'
import type { CoverageFacts, Measure } from './facts.ts'
import type { JsonObject } from './json.ts'
import type { JsonFormat } from './json-format.ts'
import { countIn, isObject, Misshapen, objectIn } from './json-shape.ts'

const WHAT = ['lines', 'branches', 'functions', 'statements'] as const

/** `coverage-summary.json` of Istanbul, which nyc, c8, Jest and vitest write with the reporter "json-summary". */
export const istanbul: JsonFormat = {
  format: 'istanbul',
  isThis: (root) => {
    if (root.is !== 'object') return false
    const total = root.members.get('total')
    return isObject(total) && WHAT.every((what) => isObject(total.members.get(what)))
  },
  read(root): CoverageFacts {
    if (!isObject(root)) throw new Misshapen(root.at, 'this is not a summary of Istanbul')
    const files = [...root.members].flatMap(([name, part]) =>
      name !== 'total' && isObject(part) ? [part] : [],
    )
    const total = objectIn(root, 'total')
    const measure = (what: (typeof WHAT)[number]): Measure => {
      const stated = counterIn(total, what)
      const counted = { covered: 0, total: 0 }
      for (const file of files) {
        const counter = counterIn(file, what)
        counted.covered += counter?.covered ?? 0
        counted.total += counter?.total ?? 0
      }
      return { stated, counted: detailed(counted) }
    }
    return coverageFacts({
      files: files.length,
      lines: measure('lines'),
      branches: measure('branches'),
      functions: measure('functions'),
      statements: measure('statements'),
    })
  },
}

function counterIn(part: JsonObject | null, what: string) {
  const counter = objectIn(part, what)
  return counter === null ? null : counterOf(countIn(counter, 'covered'), countIn(counter, 'total'))
}
