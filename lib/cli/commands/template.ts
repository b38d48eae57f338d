import { runCheck } from '../template/check.ts'
import { type Output, TEMPLATE_EXIT, type TemplateExit, type Words } from '../template/files.ts'
import { runFmt } from '../template/fmt.ts'
import { runImport } from '../template/import.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Verb = {
  usage: string
  flags: readonly string[]
  values: readonly string[]
  most: number
  run: (words: Words, output: Output, environment: Environment) => Promise<TemplateExit>
}

const VERBS: Readonly<Record<string, Verb>> = {
  check: {
    usage: 'countersign template check FILE… [--unwrap] [--json]',
    flags: ['json', 'unwrap'],
    values: [],
    most: Number.POSITIVE_INFINITY,
    run: runCheck,
  },
  fmt: {
    usage: 'countersign template fmt FILE… [--check | --write] [--json]',
    flags: ['json', 'check', 'write'],
    values: [],
    most: Number.POSITIVE_INFINITY,
    run: runFmt,
  },
  import: {
    usage:
      'countersign template import FILE --url ADDRESS --team SLUG (--template SLUG | --name NAME) [--token TOKEN] [--note TEXT] [--unwrap] [--latin1] [--json]',
    flags: ['json', 'unwrap', 'latin1'],
    values: ['url', 'team', 'template', 'name', 'token', 'note'],
    most: 1,
    run: runImport,
  },
}

/**
 * `countersign template check|fmt|import FILE`: what the importer makes of Markdown files, their annotations in one spelling, and
 * publishing one. `args` is what stands behind `template`. Resolves to the exit code: 1 for problems, 3 for a wrong call.
 */
export async function runTemplate(
  args: readonly string[],
  output: Output,
  environment: Environment = {},
): Promise<number> {
  const [verbName = '', ...rest] = args
  const verb = Object.hasOwn(VERBS, verbName) ? VERBS[verbName] : undefined
  if (args.includes('--help') || args.includes('-h')) {
    for (const { usage } of verb === undefined ? Object.values(VERBS) : [verb]) output.out(`Usage: ${usage}`)
    return TEMPLATE_EXIT.ok
  }
  if (verb === undefined) {
    for (const { usage } of Object.values(VERBS)) output.err(`Usage: ${usage}`)
    return TEMPLATE_EXIT.usage
  }
  const words = readWords(rest, verb)
  if (typeof words === 'string' || words.files.length === 0 || words.files.length > verb.most) {
    output.err(`${typeof words === 'string' ? `${words} ` : ''}Usage: ${verb.usage}`)
    return TEMPLATE_EXIT.usage
  }
  return verb.run(words, output, environment)
}

/** Files and flags, or what is wrong with them; behind `--` everything is a file. */
function readWords(args: readonly string[], verb: Verb): Words | string {
  const files: string[] = []
  const flags: Record<string, string | true> = {}
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (arg === '--') {
      files.push(...args.slice(index + 1))
      break
    }
    const match = /^--([a-z0-9]+)(?:=(.*))?$/s.exec(arg)
    if (match === null) {
      if (arg.startsWith('-') && arg !== '-') return `Unknown option ${arg}.`
      files.push(arg)
      continue
    }
    const name = match[1] ?? ''
    if (verb.values.includes(name)) {
      const value = match[2] ?? args[++index]
      if (value === undefined || value === '') return `--${name} needs a value.`
      flags[name] = value
    } else if (verb.flags.includes(name) && match[2] === undefined) flags[name] = true
    else return `Unknown option ${arg}.`
  }
  const both = flags.check === true && flags.write === true
  return both ? 'Choose --check or --write.' : { files, flags }
}
