import { notUtf8Message } from '#lib/shared/utf8.ts'
import { type CheckReport, checkTemplateBytes } from '#lib/templates/check-report.ts'
import type { TemplateModel, TemplateProblem } from '#lib/templates/model.ts'
import {
  bytesOf,
  count,
  type Output,
  problemLine,
  TEMPLATE_EXIT,
  type TemplateExit,
  type Words,
} from './files.ts'

/** Says what the importer makes of each file; 1 when one of them has problems. */
export async function runCheck({ files, flags }: Words, output: Output): Promise<TemplateExit> {
  let worst: TemplateExit = TEMPLATE_EXIT.ok
  for (const file of files) {
    const bytes = await bytesOf(file, output)
    const code = typeof bytes === 'number' ? bytes : checkOne({ file, bytes, flags }, output)
    if (code > worst) worst = code
  }
  return worst
}

function checkOne(
  input: { file: string; bytes: Uint8Array; flags: Words['flags'] },
  { out }: Output,
): TemplateExit {
  const { file, bytes, flags } = input
  const { report, model, problems } = checkTemplateBytes(bytes, { unwrap: flags.unwrap === true })
  if (flags.json) out(JSON.stringify({ ...report, problemList: problems }))
  else for (const line of summaryOf({ file, report, model, problems })) out(line)
  return report.problems > 0 || !report.roundTrip ? TEMPLATE_EXIT.problems : TEMPLATE_EXIT.ok
}

function summaryOf(input: {
  file: string
  report: CheckReport
  model: TemplateModel
  problems: readonly TemplateProblem[]
}): string[] {
  const { file, report, model, problems } = input
  const stages = (['prepare', 'deploy', 'verify', 'rollback'] as const)
    .map((stage) => `${model.items.filter((item) => item.stage === stage).length} ${stage}`)
    .join(', ')
  const { fencedList, notUtf8 } = report
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
    ...(fencedList === null
      ? []
      : [
          `  The whole list (${count(fencedList.tasks, 'task')}) stands in the fence of lines ${fencedList.line} to ${fencedList.endLine}, so it is an example: take the fence off, or add --unwrap.`,
        ]),
    ...(notUtf8 === null ? [] : [`  Read as ISO 8859-1, because of ${notUtf8Message(notUtf8)}`]),
    ...problems.map((problem) => problemLine(file, problem)),
    report.problems === 0 ? 'No problems.' : `${count(report.problems, 'problem')}.`,
  ]
}
