import { isMember } from '#lib/access/actor.ts'
import type { DecideContext, Decision } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { sizeWords } from '#lib/shared/size-words.ts'
import type { ItemView } from './board.ts'
import type { Texts } from './board-snapshot.ts'
import type { ItemFacts } from './decide-item.ts'
import type { Attached } from './evidence.ts'
import { advance, type RunItemsChange } from './item-change.ts'
import { itemRule } from './item-rules.ts'
import { itemView } from './item-view.ts'

/** The most that one item takes, gone ones included: what is more belongs into one archive or one folder's link. */
export const ATTACHMENTS_PER_ITEM = 50

export type KeptFile = { fileId: string; sha256: string; bytes: number; mediaType: string }
export type AttachFacts = ItemFacts & {
  /** Of a file: as it was kept; null of a link. */
  file: KeptFile | null
  /** Bytes of the run's evidence so far, and whether this content is among it. */
  evidenceBytes: number
  isKnownFile: boolean
}
export type AttachInput = { label: string; note: string | null; replaces: string | null }

export type NewAttachment = {
  id: string
  teamId: string
  runId: string
  itemId: string
  attached: Attached
  fileId: string | null
  at: Date
}
export type AttachChange = RunItemsChange & { attachment: NewAttachment }
export type AttachedAnswer = { item: ItemView; attachmentId: string }

/**
 * A file or a link behind an item. It settles nothing and stales nothing: what it shows a person says by a tick, and the signer
 * sees it in the text that is signed.
 */
export function decideAttach(
  facts: AttachFacts,
  { label, note, replaces }: AttachInput,
  context: DecideContext,
): Decision<AttachChange, AttachedAnswer> {
  const { actor, seq, newId, write } = context
  const { run, item, file, teamId } = facts
  if (!isMember(actor)) return refused('forbidden', 'Only a member of the team does this.')
  const { memberId } = actor.team
  const now = context.now.getTime()
  const rule = itemRule({ act: 'attach', state: run.state, item, memberId, now })
  if (rule !== true) return refused(rule.code, rule.message)
  const { attachments = [] } = item.fold
  if (attachments.length >= ATTACHMENTS_PER_ITEM)
    return refused(
      'too_many',
      `An item takes ${ATTACHMENTS_PER_ITEM} files and links at most. Put several into one archive.`,
    )
  if (replaces !== null && !attachments.some(({ id, gone }) => id === replaces && gone === null))
    return refused('not_attached', 'What this would replace is not attached here any more.')
  const bytes = facts.evidenceBytes + (file === null || facts.isKnownFile ? 0 : file.bytes)
  if (file !== null && bytes > LIMITS.evidenceBytesPerRun)
    return refused(
      'too_large',
      `With this file the run’s evidence would be more than ${sizeWords(LIMITS.evidenceBytesPerRun)}, which is the limit of a run.`,
    )
  const fileFacts = file && { sha256: file.sha256, bytes: file.bytes, mediaType: file.mediaType }
  const attached: Attached = {
    id: newId(),
    label: write(label),
    note: note === null ? null : write(note),
    file: fileFacts,
  }
  const by = { memberId, name: actor.name }
  const { after, change } = advance({
    item,
    row: { kind: 'attach', by, at: now, attached, replaces },
    seq: seq + 1,
    evidenceId: newId(),
  })
  const texts: Texts = {
    ...facts.texts,
    [attached.label.textId]: label,
    ...(attached.note === null ? {} : { [attached.note.textId]: note }),
  }
  const { id: attachmentId } = attached
  const { key } = item
  return {
    kind: 'changed',
    change: {
      teamId,
      runId: run.id,
      at: context.now,
      items: [change],
      stale: [],
      attachment: {
        id: attachmentId,
        teamId,
        runId: run.id,
        itemId: item.id,
        attached,
        fileId: file?.fileId ?? null,
        at: context.now,
      },
    },
    value: {
      item: itemView({
        actor,
        state: run.state,
        item: after,
        texts,
        attempt: facts.attempt,
        sent: facts.sent,
        now,
      }),
      attachmentId,
    },
    entries: [
      {
        action: 'run.evidence_attached',
        data: {
          ...{ key, version: after.version, attachmentId, file: fileFacts, replaces },
          ...{ label: attached.label, note: attached.note },
        },
      },
    ],
  }
}

/** Takes an attachment out of what stands behind an item. It stays in the history, with who took it away and why. */
export function decideWithdraw(
  facts: ItemFacts,
  { attachmentId, reason }: { attachmentId: string; reason: string },
  context: DecideContext,
): Decision<RunItemsChange, ItemView> {
  const { actor, seq, newId, write } = context
  const { run, item } = facts
  if (!isMember(actor)) return refused('forbidden', 'Only a member of the team does this.')
  const now = context.now.getTime()
  const { memberId } = actor.team
  const rule = itemRule({ act: 'attach', state: run.state, item, memberId, now })
  if (rule !== true) return refused(rule.code, rule.message)
  const standing = (item.fold.attachments ?? []).find(({ id }) => id === attachmentId)
  if (standing === undefined) return refused('not_attached', 'This is not attached here.')
  if (standing.gone !== null)
    return refused(
      'not_attached',
      `${standing.gone.by.name} took this away already; it stays in the history.`,
    )
  const written = write(reason)
  const by = { memberId, name: actor.name }
  const { after, change } = advance({
    item,
    row: { kind: 'withdraw', by, at: now, attachmentId, reason: written },
    seq: seq + 1,
    evidenceId: newId(),
  })
  const texts: Texts = { ...facts.texts, [written.textId]: reason }
  return {
    kind: 'changed',
    change: { teamId: facts.teamId, runId: run.id, at: context.now, items: [change], stale: [] },
    value: itemView({
      actor,
      state: run.state,
      item: after,
      texts,
      attempt: facts.attempt,
      sent: facts.sent,
      now,
    }),
    entries: [
      {
        action: 'run.evidence_withdrawn',
        data: { key: item.key, version: after.version, attachmentId, reason: written },
      },
    ],
  }
}
