import type { Texts } from './board-snapshot.ts'
import type { By, TextRef } from './evidence.ts'
import type { FoldedAttachment } from './fold.ts'
import type { ManifestAttachment } from './manifest.ts'

const ERASED = '(erased)'

export type AttachmentView = {
  id: string
  /** The file's name, or the link's address. */
  label: string
  note: string | null
  /** Null of a link. */
  file: { sha256: string; bytes: number; mediaType: string } | null
  by: By
  at: number
  /** It was withdrawn, with a reason, or replaced, without one. */
  gone: { by: By; at: number; reason: string | null } | null
}

export function attachmentView(
  { id, label, note, file, by, at, gone }: FoldedAttachment,
  texts: Texts,
): AttachmentView {
  const words = ({ textId }: TextRef) => texts[textId] ?? ERASED
  return {
    id,
    label: words(label),
    note: note && words(note),
    file,
    by,
    at,
    gone: gone && { by: gone.by, at: gone.at, reason: gone.reason && words(gone.reason) },
  }
}

/** Those that stand behind an item, as the signer reads them. */
export function standingAttachments(
  attachments: readonly FoldedAttachment[],
  texts: Texts,
): ManifestAttachment[] {
  return attachments
    .filter(({ gone }) => gone === null)
    .map((one) => {
      const { label, note, by, at, file } = attachmentView(one, texts)
      return { label, note, by: by.name, at, file }
    })
}
