import type { MemberActor } from '#lib/access/actor.ts'
import { boardFor } from '#lib/runs/board-view.ts'
import { evidenceLine } from '#lib/runs/evidence-line.ts'
import { limitationsIn } from '#lib/runs/manifest.ts'
import {
  exportItems,
  exportSlots,
  markSample,
  type RecordView,
  type SignatureView,
} from '#lib/runs/record.ts'
import { db } from '#lib/server/db.ts'
import type { Decision } from '#lib/shared/codes.ts'
import { exportRun } from '#lib/templates/export.ts'
import type { TemplateModel } from '#lib/templates/model.ts'
import { getBoardSnapshot } from './board.ts'

const ERASED = '(erased)'
const ms = (at: Date | null): number | null => at?.getTime() ?? null

async function listSignatures(
  actor: MemberActor,
  { id: runId, startedAt }: { id: string; startedAt: number | null },
): Promise<SignatureView[]> {
  const rows = await db().signoff.findMany({
    where: { runId, teamId: actor.team.id },
    orderBy: { signedAt: 'asc' },
  })
  const ids = rows.flatMap(({ reasonId }) => (reasonId ? [reasonId] : []))
  const texts = new Map(
    (await db().auditText.findMany({ where: { id: { in: ids } }, select: { id: true, body: true } })).map(
      ({ id, body }) => [id, body],
    ),
  )
  return rows.map((row) => ({
    role: row.role,
    name: row.memberName,
    decision: row.decision as Decision,
    meaning: row.meaning,
    method: row.method,
    reason: row.reasonId ? (texts.get(row.reasonId) ?? ERASED) : null,
    manifestHash: row.manifestHash,
    limitations: limitationsIn(row.manifest),
    afterStart: startedAt !== null && row.signedAt.getTime() > startedAt,
    signedAt: row.signedAt.getTime(),
    staleAt: ms(row.staleAt),
    staleReason: row.staleReason,
    supersededAt: ms(row.supersededAt),
  }))
}

/** Everything that the record of a run shows, or null when the run is not in the actor's team. */
export async function getRecord(
  actor: MemberActor,
  address: { service: string; number: number },
): Promise<RecordView | null> {
  const snapshot = await getBoardSnapshot(actor, address)
  if (!snapshot) return null
  const stream = await db().auditStream.findUniqueOrThrow({
    where: { id: snapshot.run.id },
    select: { seq: true, head: true },
  })
  const board = boardFor(actor, snapshot)
  const folds = new Map(snapshot.items.map(({ key, fold }) => [key, fold]))
  const items = board.items.map((item) => {
    const fold = folds.get(item.key)
    return fold ? { ...item, line: evidenceLine({ fold, texts: snapshot.texts, today: null }) } : item
  })
  return {
    board: { ...board, items },
    signatures: await listSignatures(actor, snapshot.run),
    head: { seq: stream.seq, hash: Buffer.from(stream.head).toString('hex') },
  }
}

/** The run's checklist as Markdown: the template's own bytes with boxes, evidence lines and the sign-off table filled. */
export async function getRecordMarkdown(
  actor: MemberActor,
  address: { service: string; number: number },
): Promise<string | null> {
  const record = await getRecord(actor, address)
  if (!record) return null
  const run = await db().run.findUniqueOrThrow({
    where: { id: record.board.run.id },
    select: { templateVersionId: true },
  })
  const version = await db().templateVersion.findUniqueOrThrow({
    where: { id: run.templateVersionId },
    select: { source: true, model: true },
  })
  const markdown = exportRun({
    source: version.source,
    model: version.model as unknown as TemplateModel,
    items: exportItems(record.board.items),
    slots: exportSlots(record.signatures),
  })
  return record.board.run.sample ? markSample(markdown) : markdown
}
