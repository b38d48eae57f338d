import { sizeWords } from '#lib/shared/size-words.ts'
import { formatUtc } from '#lib/shared/time.ts'
import type { AttachmentView } from './attachment-view.ts'

/** A file or a link on paper, with its whole digest, so that a copy kept elsewhere can be compared. UTC. */
export function attachmentWords({ label, note, file, by, at, gone }: AttachmentView): string {
  const what = file
    ? `file “${label}”, ${sizeWords(file.bytes)}, ${file.mediaType}, SHA-256 ${file.sha256}`
    : `link ${label}`
  const said = note === null ? '' : `: “${note}”`
  const why = gone?.reason ? `: “${gone.reason}”` : ''
  const end = gone
    ? `; ${gone.reason === null ? 'replaced' : 'taken away'} by ${gone.by.name}, ${formatUtc(gone.at)}${why}`
    : ''
  return `${what}, by ${by.name}, ${formatUtc(at)}${said}${end}`
}
