import { expect, it } from 'vitest'
import { isSameCommit } from '#lib/runs/same-commit.ts'

const FULL = '8f3c2d1a5b6c7d8e9f0a1b2c3d4e5f6a7b8c9d0e'

it.each([
  [FULL, FULL, true],
  [FULL, '8f3c2d1', true],
  ['8f3c2d1', FULL, true],
  ['8F3C2D1', FULL, true],
  [FULL, '8f3c2d', false],
  [FULL, '8f3c2d2', false],
  ['', FULL, false],
  [FULL, FULL.slice(1), false],
])('%s and %s: %s', (one, other, same) => {
  expect(isSameCommit(one, other)).toBe(same)
})
