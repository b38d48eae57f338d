import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { LIMITS } from '#lib/shared/limits.ts'
import { paths } from '#lib/shared/paths.ts'
import { sizeWords } from '#lib/shared/size-words.ts'
import { push } from '../push/send.ts'
import { type Environment, type Output, PUSH_EXIT, readPush } from '../push/words.ts'

const USAGE = {
  usage:
    'countersign report FILE --url ADDRESS --service SLUG --environment SLUG --commit SHA [--name NAME] [--format FORMAT] [--run N] [--token TOKEN] [--if-run] [--json]',
  texts: ['url', 'token', 'service', 'environment', 'commit', 'name', 'format', 'run'],
  flags: ['json', 'if-run'],
} as const

const takenSchema = z.object({
  kept: z.literal(false),
  run: z.number(),
  created: z.boolean(),
  /** Left out by older servers. */
  replaces: z.string().nullish(),
  format: z.string(),
  items: z.array(z.string()),
  waiting: z.array(z.string().nullable()),
})
const keptSchema = z.object({ kept: z.literal(true), replaces: z.string().nullish(), message: z.string() })
const answerSchema = z.discriminatedUnion('kept', [takenSchema, keptSchema])

function words(answer: z.infer<typeof answerSchema>, service: string): string {
  const instead = answer.replaces ? ` It ${answer.replaces}.` : ''
  if (answer.kept) return `${answer.message}${instead}`
  const { run, created, format, items, waiting } = answer
  const to = `${service} #${run}`
  if (!created) return `${to} has this report already (${format}).`
  if (items.length > 0) return `Reported to ${to} (${format}): ${items.join(', ')}.${instead}`
  const names = waiting.map((name) => (name === null ? 'one without a name' : `--name ${name}`))
  const hint = names.length > 0 ? ` Items wait for ${names.join(', ')}.` : ''
  return `Reported to ${to} (${format}); no item waits for it under this name.${hint}${instead}`
}

/** The file, or null after having said why it cannot be sent. */
async function bytesOf(file: string, { err }: Output): Promise<Uint8Array | null> {
  const bytes = await readFile(file).catch((error: unknown) => {
    err(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    return null
  })
  if (bytes === null || bytes.byteLength <= LIMITS.attachmentBytes) return bytes
  err(
    `${file} has ${sizeWords(bytes.byteLength)}, and a report has at most ${sizeWords(LIMITS.attachmentBytes)}.`,
  )
  return null
}

/**
 * `countersign report FILE`: pushes what a pipeline found about a commit to the run that is open for it, or to be kept until one is.
 * Exit codes are those of PUSH_EXIT. Who names a run (`--run`), or whose token does, is told where that one is not open; `--if-run`
 * makes that a success.
 */
export async function runReport(
  args: readonly string[],
  output: Output,
  environment: Environment = {},
): Promise<number> {
  const read = readPush(args, { usage: USAGE, environment, output })
  if (typeof read === 'number') return read
  const { word: file, values, place } = read
  const { commit, name, format, run } = values
  if (typeof commit !== 'string') {
    output.err('Say of which commit: --commit "$(git rev-parse HEAD)"')
    return PUSH_EXIT.usage
  }
  const body = await bytesOf(file, output)
  if (body === null) return PUSH_EXIT.usage
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  const { service } = place
  const asked = {
    service,
    environment: place.environment,
    commit,
    name: text(name),
    format: text(format),
    run: text(run),
  }
  const path = paths.api.reports(asked)
  return push(
    { ...place, path, method: 'PUT', body },
    { values, output, answer: answerSchema, done: (answer) => words(answer, service) },
  )
}
