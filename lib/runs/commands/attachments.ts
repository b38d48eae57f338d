import type { Actor } from '#lib/access/actor.ts'
import { swiftCommand } from '#lib/door/command.ts'
import { type Sql, type SqlTx, sql } from '#lib/server/sql.ts'
import { attachInput, withdrawInput } from '../attachment-input.ts'
import {
  type AttachChange,
  type AttachFacts,
  decideAttach,
  decideWithdraw,
  type KeptFile,
  type NewAttachment,
} from '../decide-attachment.ts'
import { itemsWriting } from './apply-items.ts'
import { weighEvidence } from './evidence-bytes.ts'
import { loadItem } from './load-item.ts'

async function keptFile({
  tx,
  teamId,
  fileId,
}: {
  tx: SqlTx
  teamId: string
  fileId: string
}): Promise<KeptFile | null> {
  // Locked, so that it is not cleared before this transaction refers to it.
  const rows = await tx.$queryRaw<KeptFile[]>`
    SELECT id AS "fileId", sha256, bytes, media_type AS "mediaType" FROM stored_file
    WHERE id = ${fileId}::uuid AND team_id = ${teamId}::uuid AND sha256 IS NOT NULL FOR KEY SHARE`
  return rows[0] ?? null
}

function attachmentWriting({ id, teamId, runId, itemId, attached, fileId, at }: NewAttachment): Sql {
  const { label, note, file } = attached
  return sql`
    INSERT INTO attachment (id, team_id, run_id, item_id, kind, label_text_id, note_text_id, file_id, sha256, bytes, media_type, at)
    VALUES (${id}::uuid, ${teamId}::uuid, ${runId}::uuid, ${itemId}::uuid, ${file === null ? 'link' : 'file'}, ${label.textId}::uuid,
            ${note?.textId ?? null}::uuid, ${fileId}::uuid, ${file?.sha256 ?? null}::text, ${file?.bytes ?? null}::int,
            ${file?.mediaType ?? null}::text, ${at})`
}

type Input = ReturnType<typeof attachInput.parse>

async function load(
  tx: SqlTx,
  { input, actor, supplied }: { input: Input; actor: Actor; supplied: Date | null },
): Promise<(AttachFacts & NonNullable<Awaited<ReturnType<typeof loadItem>>>) | null> {
  const facts = await loadItem({ tx, actor, address: input, key: input.key, supplied })
  if (!facts) return null
  const { teamId } = facts
  const file = input.kind === 'file' ? await keptFile({ tx, teamId, fileId: input.fileId }) : null
  if (input.kind === 'file' && file === null) return null
  return {
    ...facts,
    file,
    ...(await weighEvidence({ tx, runId: facts.run.id, sha256: file?.sha256 ?? null })),
  }
}

/** Puts a file that was kept before, or a link, behind an item. */
export const attachEvidence = swiftCommand({
  name: 'run.attachEvidence',
  scope: 'team',
  input: attachInput,
  facts: (tx, input, actor, supplied) => load(tx, { input, actor, supplied }),
  decide: (facts, input, context) => {
    const label = input.kind === 'file' ? input.name : input.url
    return decideAttach(facts, { label, note: input.note, replaces: input.replaces }, context)
  },
  writes: ({ attachment, ...change }: AttachChange) => [attachmentWriting(attachment), itemsWriting(change)],
})

/** Takes a file or a link out of what stands behind an item; nothing is deleted. */
export const withdrawEvidence = swiftCommand({
  name: 'run.withdrawEvidence',
  scope: 'team',
  input: withdrawInput,
  facts: (tx, input, actor, supplied) => loadItem({ tx, actor, address: input, key: input.key, supplied }),
  decide: (facts, { attachmentId, reason }, context) =>
    decideWithdraw(facts, { attachmentId, reason }, context),
  writes: (change) => [itemsWriting(change)],
})
