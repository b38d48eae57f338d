import { cookies } from './cookies.ts'
import { contentSecurityPolicy } from './csp.ts'
import type { PageFacts } from './page-facts.ts'
import {
  contentTypeOptions,
  frameOptions,
  redirection,
  referrerPolicy,
  resourcePolicy,
  resourceSharing,
  strictTransportSecurity,
} from './plain-tests.ts'
import { GRADES, type Grade, RESULTS, type TestName } from './results.ts'
import { subresourceIntegrity } from './subresource-integrity.ts'

export type Tested = { test: TestName; result: string; modifier: number; passes: boolean }
/** `score` and `grade` are null when a test could not be made. */
export type Graded = { tests: Tested[]; missing: TestName[]; score: number | null; grade: Grade | null }

/** Bonuses count only from here on. */
const LEAST_FOR_BONUS = 90

/** All tests of a page, its score and its grade. Throws for nothing. */
export function graded(page: PageFacts): Graded {
  const csp = contentSecurityPolicy(page)
  const hsts = tested('strict-transport-security', strictTransportSecurity(page))
  const [leads, shares] = [redirection(page), resourceSharing(page)]
  const tests = [
    tested('content-security-policy', csp.result),
    tested('cookies', cookies(page, hsts.passes)),
    ...(shares === null ? [] : [tested('cross-origin-resource-sharing', shares)]),
    ...(leads === null ? [] : [tested('redirection', leads)]),
    tested('referrer-policy', referrerPolicy(page)),
    hsts,
    tested('subresource-integrity', subresourceIntegrity(page)),
    tested('x-content-type-options', contentTypeOptions(page)),
    tested('x-frame-options', frameOptions(page, csp.framed)),
    tested('cross-origin-resource-policy', resourcePolicy(page)),
  ]
  const missing: TestName[] = [
    ...(leads === null ? (['redirection'] as const) : []),
    ...(shares === null ? (['cross-origin-resource-sharing'] as const) : []),
  ]
  if (missing.length > 0) return { tests, missing, score: null, grade: null }
  const sum = (modifiers: number[]) => modifiers.reduce((total, one) => total + one, 100)
  const plain = sum(tests.map(({ modifier }) => Math.min(modifier, 0)))
  const score = Math.max(0, plain >= LEAST_FOR_BONUS ? sum(tests.map(({ modifier }) => modifier)) : plain)
  return { tests, missing: [], score, grade: gradeOf(score) }
}

function tested(test: TestName, result: string): Tested {
  const table: Readonly<Record<string, readonly [number, boolean]>> = RESULTS[test]
  const [modifier, passes] = table[result] ?? [0, false]
  return { test, result, modifier, passes }
}

function gradeOf(score: number): Grade {
  return GRADES.findLast(([, least]) => score >= least)?.[0] ?? 'F'
}
