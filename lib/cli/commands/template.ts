import { readFile } from 'node:fs/promises'
import { LIMITS } from '#lib/shared/limits.ts'
import { type CheckReport, checkTemplateBytes } from '#lib/templates/check-report.ts'
import type { TemplateModel } from '#lib/templates/model.ts'

/** Exit codes: the file is a sound template, it has problems, it could not be checked at all. */
export const TEMPLATE_EXIT = { ok: 0, problems: 1, usage: 3 } as const

type Output = { out: (line: string) => void; err: (line: string) => void }

const USAGE = 'Usage: countersign template check FILE [--json]'

/**
 * `countersign template check FILE [--json]`: says what the importer makes of a Markdown file. `args` is what stands behind
 * `template`. Resolves to the exit code; 1 when the file has problems, 3 when it cannot be read or the call is wrong.
 */
export async function runTemplate(args: readonly string[], { out, err }: Output): Promise<number> {
  const flags = args.filter((arg) => arg.startsWith('-') && arg !== '-')
  const [verb, file, ...more] = args.filter((arg) => !flags.includes(arg))
  const unknown = flags.find((flag) => flag !== '--json' && flag !== '--help' && flag !== '-h')
  if (flags.includes('--help') || flags.includes('-h')) {
    out(USAGE)
    return TEMPLATE_EXIT.ok
  }
  if (verb !== 'check' || file === undefined || more.length > 0 || unknown !== undefined) {
    err(unknown === undefined ? USAGE : `Unknown option ${unknown}. ${USAGE}`)
    return TEMPLATE_EXIT.usage
  }
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (error) {
    err(`${file} cannot be read: ${reasonOf(error)}.`)
    return TEMPLATE_EXIT.usage
  }
  if (bytes.length > LIMITS.templateBytes) {
    const most = LIMITS.templateBytes.toLocaleString('en')
    err(`${file} has ${bytes.length.toLocaleString('en')} bytes; a template has at most ${most}.`)
    return TEMPLATE_EXIT.problems
  }
  const { report, model } = checkTemplateBytes(bytes)
  if (flags.includes('--json')) out(JSON.stringify(report))
  else for (const line of summaryOf({ file, report, model })) out(line)
  return report.problems > 0 || !report.roundTrip ? TEMPLATE_EXIT.problems : TEMPLATE_EXIT.ok
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a directory'
  if (code === 'EACCES') return 'permission is denied'
  return error instanceof Error ? error.message : 'an unknown error'
}

function summaryOf(input: { file: string; report: CheckReport; model: TemplateModel }): string[] {
  const { file, report, model } = input
  const stages = (['prepare', 'deploy', 'verify', 'rollback'] as const)
    .map((stage) => `${model.items.filter((item) => item.stage === stage).length} ${stage}`)
    .join(', ')
  return [
    `${model.title} (${file})`,
    `  ${count(report.items, 'item')} in ${count(report.sections, 'section')}: ${stages}`,
    `  ${count(report.probes, 'probe')}, ${count(report.facts, 'question')} asked when a run is opened`,
    `  ${count(report.commandBlocks, 'command block')} with ${count(report.steps, 'step')}, ${count(report.triggers, 'trigger')}`,
    `  ${count(report.roles, 'sign-off role')}${report.roles === 0 ? '' : `: ${model.roles.map(({ role }) => role).join(', ')}`}`,
    `  ${count(report.keptAsText, 'line')} kept as text`,
    report.roundTrip
      ? '  An export without marks is this file, byte for byte.'
      : '  An export would not give back this file: please report it.',
    ...model.problems.map(
      ({ line, column, message, fix }) =>
        `${file}:${line}:${column}: ${message}${fix === null ? '' : ` (fix: ${fix})`}`,
    ),
    report.problems === 0 ? 'No problems.' : `${count(report.problems, 'problem')}.`,
  ]
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
