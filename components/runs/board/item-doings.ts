import { announce } from '#components/ui/announce.ts'
import { toast } from '#components/ui/toast-store.ts'
import type { ItemView } from '#lib/runs/board.ts'
import { needsText, type PendingAct } from '#lib/runs/optimistic.ts'
import { heldBoard, holdItem } from '#lib/runs/queries.ts'
import type { Refusal } from '#lib/shared/result.ts'
import { plainInline } from '#lib/templates/inline.ts'
import type { Desk } from './desk.ts'
import { sendItemAct } from './item-actions.ts'

const DONE: Record<PendingAct['act'], string> = {
  tick: 'ticked',
  untick: 'mark taken off',
  fail: 'marked as failed',
  notApplicable: 'marked not applicable',
  verify: 'n/a checked',
  witness: 'witnessed',
  note: 'note written',
}

export function heldItem(desk: Desk, key: string): ItemView | undefined {
  return heldBoard(desk)?.items.find((item) => item.key === key)
}

function say(desk: Desk, item: ItemView, words: string): void {
  desk.refused.set(item.key, words)
  announce(`${plainInline(item.text)}: ${words}`)
}

function isItemView(value: unknown): value is ItemView {
  return (
    typeof value === 'object' && value !== null && 'version' in value && 'state' in value && 'key' in value
  )
}

function refusedBy({ desk, item, refusal }: { desk: Desk; item: ItemView; refusal: Refusal }): void {
  // Who was first has left the item as it is now: that is what the row shows from here on.
  if (isItemView(refusal.detail)) holdItem(desk, refusal.detail)
  const words =
    refusal.code === 'lost_race' ? `${refusal.message} That stands; yours was not written.` : refusal.message
  say(desk, item, words)
  if (refusal.code === 'network' || refusal.code === 'surprise')
    toast({ tone: 'error', title: 'Not saved', body: refusal.message })
}

/**
 * One act of the person on one item: shown at once, sent once, then the server's truth. What needs words opens the
 * editor under the row instead. True when it was carried out.
 */
export async function actOnItem(
  desk: Desk,
  { key, act, text }: PendingAct & { key: string },
): Promise<boolean> {
  const item = heldItem(desk, key)
  if (!item || desk.pending.get(key)) return false
  const no = item.can[act] ? undefined : item.why[act]
  if (no !== undefined || !item.can[act]) {
    say(desk, item, no ?? 'This is not possible now.')
    return false
  }
  desk.refused.set(key, undefined)
  if (text === null && needsText(item, act)) {
    if (act !== 'witness' && act !== 'verify') desk.editing.set(key, act)
    return false
  }
  desk.pending.set(key, { act, text, version: item.version })
  const answer = await sendItemAct({ address: desk.address, item, act, text })
  if (answer.ok) {
    holdItem(desk, answer.value.value)
    announce(`${plainInline(item.text)}: ${DONE[act]}`)
  } else {
    refusedBy({ desk, item, refusal: answer.refusal })
  }
  // The cache tells of its change in a task of its own: let go any earlier, the row would flash its old state.
  setTimeout(() => desk.pending.set(key, undefined))
  return answer.ok
}
