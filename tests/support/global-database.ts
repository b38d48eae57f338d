import { openTestServer } from './database.ts'

/** Vitest's and Playwright's global set-up: one PostgreSQL for the run; what it returns is the tear-down. */
export default async function setup(): Promise<() => Promise<void>> {
  return openTestServer()
}
