import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { paths } from '#lib/shared/paths.ts'
import { push } from '../push/send.ts'
import { type Environment, type Output, PUSH_EXIT, readPush, type Values } from '../push/words.ts'

const USAGE = {
  usage:
    'countersign heartbeat NAME --url ADDRESS --service SLUG --environment SLUG [--status ok|failed] [--started-at TIME] [--finished-at TIME] [--size BYTES | --size-of FILE] [--message TEXT] [--token TOKEN] [--json]',
  texts: [
    'url',
    'token',
    'service',
    'environment',
    'status',
    'started-at',
    'finished-at',
    'size',
    'size-of',
    'message',
  ],
  flags: ['json'],
} as const

const answerSchema = z.object({ run: z.number().nullable(), items: z.array(z.string()) })

/** The size that is said or measured; null when none is, a text when it cannot be. */
async function sizeOf({ size, 'size-of': file }: Values): Promise<number | string | null> {
  if (typeof size === 'string')
    return /^\d{1,15}$/.test(size) ? Number(size) : '--size is a whole number of bytes.'
  if (typeof file !== 'string') return null
  return stat(file).then(
    (found) => found.size,
    (error: unknown) =>
      `${file} cannot be measured: ${error instanceof Error ? error.message : String(error)}`,
  )
}

/** `countersign heartbeat NAME`: a job says that it has ended, how, and what it made. Exit codes are those of PUSH_EXIT. */
export async function runHeartbeat(
  args: readonly string[],
  output: Output,
  environment: Environment = {},
): Promise<number> {
  const read = readPush(args, { usage: USAGE, environment, output })
  if (typeof read === 'number') return read
  const { word: name, values, place } = read
  const sizeBytes = await sizeOf(values)
  if (typeof sizeBytes === 'string') {
    output.err(sizeBytes)
    return PUSH_EXIT.usage
  }
  const { status, message } = values
  const said = {
    status,
    message,
    sizeBytes,
    startedAt: values['started-at'],
    finishedAt: values['finished-at'],
  }
  const { service } = place
  const path = paths.api.heartbeat({ name, service, environment: place.environment })
  return push(
    { ...place, path, method: 'POST', body: JSON.stringify(said) },
    {
      values,
      output,
      answer: answerSchema,
      done: ({ run, items }) =>
        run === null
          ? `Heartbeat ${name} kept; no run is open in ${place.environment} now.`
          : `Heartbeat ${name} kept; ${items.length > 0 ? `${service} #${run} looks at ${items.join(', ')}` : `nothing in ${service} #${run} waits for it`}.`,
    },
  )
}
