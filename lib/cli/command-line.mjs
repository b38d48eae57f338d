import { readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { applyLocalEnvironment } from './local-environment.mjs'
import { inside } from './project.mjs'

const out = (line) => process.stdout.write(`${line}\n`)
const err = (line) => process.stderr.write(`${line}\n`)

const pascal = (name) => name.replace(/(^|-)(\w)/g, (_match, _dash, letter) => letter.toUpperCase())

/** A command that reads its own words: `run…(words, {out, err}, env)` resolves to the exit code. */
function passThrough(program, name, runWords) {
  program
    .command(name)
    .argument('[words...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (words) => {
      process.exitCode = await runWords(words, { out, err }, process.env)
    })
}

/** Runs `countersign …`: every file in lib/cli/commands adds itself by `register(program, env)`, or exports `run…`. */
export async function commandLine(argv) {
  applyLocalEnvironment()
  const program = new Command('countersign')
  program.description('Countersign on the command line.').showHelpAfterError().exitOverride()
  const folder = inside('lib/cli/commands')
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort()) {
    const module = await import(pathToFileURL(path.join(folder, file)).href)
    const name = path.basename(file, '.ts')
    if (module.register) module.register(program, process.env)
    else if (module[`run${pascal(name)}`]) passThrough(program, name, module[`run${pascal(name)}`])
  }
  try {
    await program.parseAsync(argv)
  } catch (error) {
    // Commander has said what was wrong; asking for help is no error.
    if (error?.code?.startsWith?.('commander.')) process.exitCode = error.exitCode === 0 ? 0 : 2
    else {
      err(error instanceof Error ? error.message : String(error))
      process.exitCode = 1
    }
  }
}
