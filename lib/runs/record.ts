import type { Decision } from '#lib/shared/codes.ts'
import { digestWords } from '#lib/shared/digest-words.ts'
import { formatUtc } from '#lib/shared/time.ts'
import { DECISION_WORDS } from '#lib/shared/words.ts'
import { attachmentWords } from './attachment-words.ts'
import type { BoardView, ItemView } from './board.ts'
import { LIMITATION_WORDS, type Limitation } from './manifest.ts'

/** A signature as the record keeps it, superseded ones included. Times are milliseconds. */
export type SignatureView = {
  role: string
  name: string
  decision: Decision
  meaning: string
  method: string
  reason: string | null
  manifestHash: string
  /** What could not be checked of the signer's independence. */
  limitations: Limitation[]
  /** Signed when the deployment had started. */
  afterStart: boolean
  signedAt: number
  staleAt: number | null
  staleReason: string | null
  supersededAt: number | null
}

export type RecordView = {
  board: BoardView
  signatures: SignatureView[]
  head: { seq: number; hash: string }
}

/** What stands in the signature cell of an export: decision, method and the digest's four words; a staleness is said. */
export function signatureWords({
  decision,
  method,
  manifestHash,
  staleReason,
  reason,
  limitations,
  afterStart,
}: SignatureView): string {
  const late = afterStart ? ' (after the start of the deployment)' : ''
  const limits = limitations.map((code) => ` · ${LIMITATION_WORDS[code]}`).join('')
  const stale = staleReason ? ` (stale: ${staleReason})` : ''
  const why = reason && decision !== 'go' ? `: ${reason}` : ''
  return `${DECISION_WORDS[decision]}${late}${why} · ${digestWords(manifestHash)} · ${method}${stale}${limits}`
}

/** The first line of a sample's export says so: the file must not pass for the record of a deployment elsewhere. */
export function markSample(markdown: string): string {
  const mark = '> SAMPLE: this run never happened.\n\n'
  // Front matter is read only at a file's very beginning: the mark stands below it.
  const front = /^---\r?\n[\s\S]*?\r?\n---\r?\n/.exec(markdown)?.[0] ?? ''
  return `${front}${mark}${markdown.slice(front.length)}`
}

const SETTLED: readonly ItemView['state'][] = ['passed']

/** The lines that an export adds under an item: who and when, what the machine saw, the notes. UTC. */
export function exportLines(item: ItemView): string[] {
  const lines: string[] = []
  if (item.line) {
    const at = item.line.from === 'machine' && item.at !== null ? ` · ${formatUtc(item.at)}` : ''
    lines.push(`${item.grade === 'unproven' ? '' : `${item.grade}: `}${item.line.text}${at}`)
  }
  for (const attachment of item.attachments) lines.push(attachmentWords(attachment))
  for (const note of item.notes) lines.push(`note by ${note.by.name}, ${formatUtc(note.at)}: ${note.text}`)
  return lines
}

/** Item key → what the Markdown export writes; a box is ticked only for a passed item, never for n/a. */
export function exportItems(items: readonly ItemView[]): Map<string, { checked: boolean; lines: string[] }> {
  return new Map(
    items
      .filter(({ kind }) => kind === 'item')
      .map((item) => [item.key, { checked: SETTLED.includes(item.state), lines: exportLines(item) }]),
  )
}

/** The standing signatures as rows of the sign-off table. */
export function exportSlots(
  signatures: readonly SignatureView[],
): { role: string; name: string; dateUtc: string; signature: string }[] {
  return signatures
    .filter(({ supersededAt }) => supersededAt === null)
    .map((signature) => ({
      role: signature.role,
      name: signature.name,
      dateUtc: formatUtc(signature.signedAt),
      signature: signatureWords(signature),
    }))
}
