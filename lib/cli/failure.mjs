/** An expected failure of the bootstrap: printed as its one sentence, never with a stack. */
export class Failure extends Error {}

const NO_SPACE =
  'The disk is full: free some space where the data folder and the clone lie, then start again.'

/** The one sentence for any error that reaches the top. */
export function sentenceOf(error) {
  if (error instanceof Failure) return error.message
  const text = error instanceof Error ? error.message : String(error)
  if (error?.code === 'ENOSPC' || isNoSpace(text)) return NO_SPACE
  if (error?.code === 'EROFS' || error?.code === 'EACCES') {
    return `Not allowed to write: ${text}. Set DATA_DIR to a folder that this user may write.`
  }
  return text
}

/** Whether a program's output says that the disk is full (npm, initdb, next and PostgreSQL all pass errno on). */
export function isNoSpace(text) {
  return /ENOSPC|no space left on device|check free disk space|disk quota exceeded/i.test(text)
}

/** `full disk` sentence when the output says so, else the given sentence with the last words of the output. */
export function failureFrom(output, sentence) {
  if (isNoSpace(output)) return new Failure(NO_SPACE)
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const last = lines.slice(-12).join('\n  ')
  return new Failure(last ? `${sentence}\n  ${last}` : sentence)
}
