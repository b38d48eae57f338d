import { existsSync } from 'node:fs'
import { sentenceOf } from './failure.mjs'
import { inside } from './project.mjs'
import { run, step } from './steps.mjs'

const folder = inside('tests/peers/observatory')

/**
 * Installs what header scores are compared with, a project of its own: its packages are no part of the product. Without the registry
 * the comparison is skipped, and says so.
 */
export async function installOracle() {
  if (existsSync(`${folder}/node_modules/@mdn/mdn-http-observatory`)) return
  const sentence = 'The HTTP Observatory could not be installed; header scores are not compared'
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  try {
    await step('Install the HTTP Observatory to compare with', () =>
      run('npm', words, { cwd: folder, sentence }),
    )
  } catch (error) {
    process.stdout.write(`${sentenceOf(error)}\n`)
  }
}
