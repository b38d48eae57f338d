import type { AttachedAnswer } from '#lib/runs/decide-attachment.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { paths } from '#lib/shared/paths.ts'
import { ok, type Refusal, type Result, refuse } from '#lib/shared/result.ts'
import { sizeWords } from '#lib/shared/size-words.ts'

type Answer = Result<{ value: AttachedAnswer; seq: number }>
type Problem = { code?: string; title?: string }

const CANCELLED: Refusal = { code: 'cancelled', message: 'Cancelled: nothing was attached.' }
const UNHEARD: Refusal = {
  code: 'network',
  message: 'The connection broke off, so the file was not attached. Send it again.',
}

function answerOf({ status, response }: XMLHttpRequest): Answer {
  if (status === 201) return ok(response as { value: AttachedAnswer; seq: number })
  const { code = 'surprise', title = 'The file was not attached. Try again.' } = (response ?? {}) as Problem
  return refuse({ code, message: title })
}

/** Why a file need not be sent at all; null when it may be. */
function unsendable({ size }: File): Refusal | null {
  if (size === 0) return { code: 'invalid', message: 'This file is empty, so it shows nothing.' }
  if (size <= LIMITS.attachmentBytes) return null
  const most = sizeWords(LIMITS.attachmentBytes)
  return {
    code: 'too_large',
    message: `This file has ${size.toLocaleString('en')} bytes, and at most ${most} can be attached. Put the part that matters here, and a link to the rest.`,
  }
}

/** Sends a file and says how far it is, in bytes: by XMLHttpRequest, because fetch does not tell. Aborting ends it. */
export function sendFile({
  runId,
  itemKey,
  file,
  note,
  onProgress,
  signal,
}: {
  runId: string
  itemKey: string
  file: File
  note: string
  onProgress: (sent: number) => void
  signal: AbortSignal
}): Promise<Answer> {
  const refusal = unsendable(file)
  if (refusal) return Promise.resolve(refuse(refusal))
  const request = new XMLHttpRequest()
  const noted = note.trim() === '' ? {} : { note: note.trim() }
  request.open('POST', paths.api.itemFiles({ runId, key: itemKey, name: file.name, ...noted }))
  request.responseType = 'json'
  request.setRequestHeader('content-type', 'application/octet-stream')
  return new Promise((resolve) => {
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
    request.addEventListener('load', () => resolve(answerOf(request)))
    request.addEventListener('error', () => resolve(refuse(UNHEARD)))
    request.addEventListener('abort', () => resolve(refuse(CANCELLED)))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
