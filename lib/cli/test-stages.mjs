import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build, generate, isBuilt, isGenerated } from './build.mjs'
import { installOracle } from './install-oracle.mjs'
import { childEnv, inside, pinnedNode, root } from './project.mjs'
import { step } from './steps.mjs'

const ended = (child) =>
  new Promise((resolve) => child.once('error', () => resolve(1)).once('close', resolve))

const node = (words, env = {}) =>
  ended(spawn(pinnedNode, words, { cwd: root, env: childEnv(env), stdio: ['ignore', 'inherit', 'inherit'] }))

/** A check without cases of its own counts as one. */
const asOne = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 })

const none = { passed: 0, failed: 0, skipped: 0 }

/** Counts of a runner that wrote a JSON report; a crash, or a failure outside of any case, counts as one failure. */
async function counted(runner, read) {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-report-'))
  const file = path.join(folder, 'report.json')
  try {
    const code = await runner(file)
    const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : none
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ready = async () => {
  if (!isGenerated()) await step('Generate the database client', generate)
}

const vitest = (project, env) => async (more) => {
  await ready()
  const run = [inside('node_modules/vitest/vitest.mjs'), 'run', '--project', project, '--passWithNoTests']
  return counted(
    (file) =>
      node([...run, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...more], env),
    ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests = 0 }) => ({
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests,
    }),
  )
}

async function types() {
  await ready()
  const typegen = await node([inside('node_modules/next/dist/bin/next'), 'typegen'])
  return asOne(typegen || (await node([inside('node_modules/typescript/bin/tsc'), '--noEmit', '-p', root])))
}

const built = async () => {
  await ready()
  if (!isBuilt()) await step('Build', build)
}

/** Projects whose tests start the built server. */
const served = (project) => async (more) => {
  await built()
  return vitest(project)(more)
}

async function peers(more) {
  await installOracle()
  return served('peers')(more)
}

async function e2e(more) {
  await built()
  const run = [inside('node_modules/@playwright/test/cli.js'), 'test', '--pass-with-no-tests', ...more]
  return counted(
    (file) => node(run, { PLAYWRIGHT_JSON_OUTPUT_FILE: file }),
    ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }),
  )
}

/** The stages in their order; `quick` ones make `npm run check`. Each takes further words for its runner. */
export const STAGES = [
  {
    name: 'format',
    title: 'Format and lint',
    quick: true,
    run: async () => asOne(await node([inside('node_modules/@biomejs/biome/bin/biome'), 'ci', '.'])),
  },
  { name: 'types', title: 'Types', quick: true, run: types },
  { name: 'house', title: 'The laws of the house', quick: true, run: vitest('house') },
  { name: 'rules', title: 'Rules', quick: true, run: vitest('rules') },
  { name: 'commands', title: 'Commands on a real PostgreSQL', run: vitest('commands') },
  { name: 'peers', title: 'Real peers', run: peers },
  { name: 'drills', title: 'Drills, short', run: served('drills') },
  { name: 'e2e', title: 'Journeys in a real browser', run: e2e },
]
