import { z } from 'zod'
import { isHeartbeatName } from '#lib/probes/kinds/heartbeat.ts'
import { HEARTBEAT_STATUSES } from '#lib/probes/observations/heartbeat.ts'
import { redactText, withoutControls } from '#lib/probes/redact.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'
import { placeQuery } from './push-query.ts'

export const HEARTBEAT_LIMITS = {
  bodyBytes: 10_000,
  messageLength: 300,
  /** Names in one environment, and how many heartbeats of each are kept. */
  names: 200,
  kept: 100,
  /** How far the clock of a job may be ahead of ours. */
  aheadMs: 300_000,
} as const

export const heartbeatQuery = z.object({
  ...placeQuery,
  name: z.string().refine(isHeartbeatName, 'A name is 1 to 64 letters, digits and . _ - between them.'),
})

const moment = z.iso
  .datetime({ offset: true, error: 'Give a time with its zone, such as 2026-03-01T04:05:06Z.' })
  .nullable()
  .default(null)

/** What a job says when it calls. A field that is spelled otherwise is refused, so that a size is not lost for a typo. */
export const heartbeatInput = z.strictObject({
  startedAt: moment,
  finishedAt: moment,
  sizeBytes: z
    .int('Give the size as a whole number of bytes.')
    .min(0, 'A size is not below zero.')
    .nullable()
    .default(null),
  status: z
    .enum(HEARTBEAT_STATUSES, `Give ${HEARTBEAT_STATUSES.join(' or ')}.`)
    .nullable()
    .default(null),
  message: z.string().nullable().default(null),
})

export type NewHeartbeat = {
  startedAt: Date | null
  finishedAt: Date | null
  sizeBytes: number | null
  status: 'ok' | 'failed' | null
  message: string | null
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text))

function wrong(field: string, message: string) {
  return refuse({ code: 'invalid', message, fields: { [field]: message } })
}

/** What is kept of it. A job that ended later than now has a wrong clock, and its age would say nothing. */
export function checkHeartbeat(
  { startedAt, finishedAt, message, ...said }: z.infer<typeof heartbeatInput>,
  now: Date,
): Result<NewHeartbeat> {
  const began = dateOf(startedAt)
  const ended = dateOf(finishedAt)
  for (const [field, at] of [
    ['startedAt', began],
    ['finishedAt', ended],
  ] as const)
    if (at !== null && at.getTime() - now.getTime() > HEARTBEAT_LIMITS.aheadMs)
      return wrong(
        field,
        `${field} is ${at.toISOString()}, and it is ${now.toISOString()} here: a clock is wrong. Set the job’s clock, or leave the time out.`,
      )
  if (began !== null && ended !== null && ended < began)
    return wrong('finishedAt', 'The job ended before it began: look at its times.')
  const words = message === null ? null : withoutControls(redactText(message, [])).trim()
  return ok({
    ...said,
    startedAt: began,
    finishedAt: ended,
    message: words ? words.slice(0, HEARTBEAT_LIMITS.messageLength).toWellFormed() : null,
  })
}
