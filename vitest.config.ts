import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

// What lib/server/env.ts demands of every process; a test that needs a database sets DATABASE_URL itself.
const env: Partial<NodeJS.ProcessEnv> = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  PUBLIC_URL: 'http://localhost:3000',
  NEXTAUTH_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
  COUNTERSIGN_ROOT_KEY: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
}

const project = (
  name: string,
  more: TestProjectInlineConfiguration['test'] = {},
): TestProjectInlineConfiguration => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`, `tests/${name}/**/*.test.tsx`], env, ...more },
})

// Nothing in them keeps state between files, and starting afresh for each file costs more than the tests.
const pure = { isolate: false, testTimeout: 60_000 }

const withDatabase = { globalSetup: ['tests/support/global-database.ts'], hookTimeout: 60_000 }

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Left alone it keeps one processor for itself, which on two of them is half.
    maxWorkers: '100%',
    projects: [
      project('house', pure),
      project('rules', pure),
      project('commands', { ...withDatabase, testTimeout: 30_000 }),
      project('peers', { ...withDatabase, testTimeout: 60_000 }),
      project('drills', { ...withDatabase, testTimeout: 180_000, fileParallelism: false }),
    ],
  },
})
