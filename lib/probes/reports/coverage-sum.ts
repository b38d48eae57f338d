import type { Counter, CoverageFacts, Measure } from './facts.ts'

export const NOT_SAID: Measure = { stated: null, counted: null }

/** A counter of both numbers; null unless both are there. */
export function counterOf(covered: number | null, total: number | null): Counter | null {
  return covered === null || total === null ? null : { covered, total }
}

/** What a file details; null where it details nothing. */
export function detailed(counter: Counter): Counter | null {
  return counter.total === 0 ? null : counter
}

export function coverageFacts(
  given: Partial<Omit<CoverageFacts, 'meaning'>> & { files: number },
): CoverageFacts {
  return {
    meaning: 'coverage',
    lines: NOT_SAID,
    branches: NOT_SAID,
    functions: NOT_SAID,
    statements: NOT_SAID,
    ...given,
  }
}
