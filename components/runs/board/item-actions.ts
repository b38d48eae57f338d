import { sendCommand } from '#components/send-command.ts'
import {
  failItemAction,
  markNotApplicableAction,
  noteItemAction,
  tickItemAction,
  untickItemAction,
  verifyNotApplicableAction,
  witnessItemAction,
} from '#lib/runs/actions.ts'
import type { ItemView } from '#lib/runs/board.ts'
import type { PendingAct } from '#lib/runs/optimistic.ts'
import type { RunAddress } from '#lib/shared/paths.ts'
import type { Result } from '#lib/shared/result.ts'

/** Sends one act on one item; `version` is the item's version that the person saw. */
export function sendItemAct({
  address,
  item,
  act,
  text,
}: {
  address: RunAddress
  item: ItemView
} & PendingAct): Promise<Result<{ value: ItemView; seq: number }>> {
  const base = { ...address, key: item.key, version: item.version }
  const label = item.text
  switch (act) {
    case 'tick':
      return sendCommand({ action: tickItemAction, input: { ...base, note: text }, label })
    case 'untick':
      return sendCommand({ action: untickItemAction, input: { ...base, reason: text }, label })
    case 'fail':
      return sendCommand({ action: failItemAction, input: { ...base, reason: text ?? '' }, label })
    case 'notApplicable':
      return sendCommand({ action: markNotApplicableAction, input: { ...base, reason: text ?? '' }, label })
    case 'verify':
      return sendCommand({ action: verifyNotApplicableAction, input: base, label })
    case 'witness':
      return sendCommand({ action: witnessItemAction, input: base, label })
    case 'note':
      return sendCommand({ action: noteItemAction, input: { ...base, note: text ?? '' }, label })
  }
}
