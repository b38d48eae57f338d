import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { missingEntries } from '#lib/cli/complete-lock.mjs'

it('the lock file is complete for every platform, or `npm ci` refuses it (cure: node lib/cli/complete-lock.mjs)', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  expect(missingEntries(packages).map((missing) => missing.place)).toEqual([])
})
