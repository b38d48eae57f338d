import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { VERSION } from '#lib/server/version.ts'

it('the version that /health names is the one of package.json', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).version).toBe(VERSION)
})
