import { announcedTooMuch, readBytes } from '#lib/door/body.ts'
import { problem } from '#lib/door/problem.ts'
import type { ReportFacts } from '#lib/probes/reports/facts.ts'
import type { ReportFormat } from '#lib/probes/reports/formats.ts'
import { readReportAside } from '#lib/runs/worker/report-aside.ts'
import { keepFile, type StoredFile } from '#lib/server/stored-files.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { sizeWords } from '#lib/shared/size-words.ts'

const MOST = LIMITS.attachmentBytes
const TOO_LARGE = `A report has at most ${sizeWords(MOST)}. Split it, or leave out what passed.`

/** A refusal of a body by what its headers say. */
export async function refusedByHeaders(request: Request): Promise<Response | null> {
  const type = request.headers.get('content-type') ?? ''
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  // curl --data-binary says urlencoded of anything, so only a form with parts is sure to be one.
  if (/^multipart\//i.test(type))
    return problem({
      code: 'wrong_media_type',
      message: 'Send the file itself as the body (curl -T FILE), not a form.',
    })
  if (encoding !== 'identity')
    return problem({ code: 'wrong_media_type', message: 'Send the file as it is, without Content-Encoding.' })
  const announced = await announcedTooMuch({ request, limit: MOST, words: TOO_LARGE })
  return announced && problem(announced)
}

export type TakenReport = { format: ReportFormat; facts: ReportFacts; file: StoredFile }

/** Reads what is pushed, understands it, and keeps it; else the answer. What cannot be read is not kept. */
export async function takeReport({
  request,
  teamId,
  format,
}: {
  request: Request
  teamId: string
  format: ReportFormat | null
}): Promise<TakenReport | Response> {
  const body = await readBytes({ request, limit: MOST, words: TOO_LARGE })
  if (!body.ok) return problem(body.refusal)
  const read = await readReportAside({ bytes: body.value, format })
  if (!read.ok) {
    const { line, column, message } = read.problem
    return problem({
      code: 'unreadable_report',
      message: `Line ${line}, column ${column}: ${message}`,
      detail: { line, column },
    })
  }
  const file = await keepFile({ teamId, source: [body.value] })
  return { format: read.format, facts: read.facts, file }
}
