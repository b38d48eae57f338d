import type { TagTone } from '#components/ui/tag.tsx'
import type { SlotView } from '#lib/runs/board.ts'
import { DECISION_WORDS, SLOT_STATE_WORDS } from '#lib/shared/words.ts'

/** The tag of a slot: its state, and a signed no-go as what it is. */
export function slotTag({ state, decision }: SlotView): { tone: TagTone; word: string } {
  if (state === 'signed') {
    const word = decision ? DECISION_WORDS[decision] : 'signed'
    return { tone: decision === 'no_go' ? 'no' : decision === 'conditional_go' ? 'warn' : 'go', word }
  }
  const tone: TagTone = state === 'waiting' ? 'wait' : 'warn'
  return { tone, word: SLOT_STATE_WORDS[state] }
}

/** The viewer's own approval stands: nothing is asked of them, though they may still think again. */
export function isDone(
  { state, decision, signer }: Pick<SlotView, 'state' | 'decision' | 'signer'>,
  memberId: string,
): boolean {
  return state === 'signed' && decision !== 'no_go' && signer?.memberId === memberId
}

const items = (count: number): string => `${count} ${count === 1 ? 'item is' : 'items are'}`

/** Who stands in the slot or may: a name, "You, when …", or that nobody can. `holds`: the viewer holds the role. */
export function slotName({
  slot,
  holds,
  memberId,
}: {
  slot: SlotView
  holds: boolean
  memberId: string
}): string {
  const { signer } = slot
  if (signer && slot.state !== 'recused') return signer.memberId === memberId ? 'You' : signer.name
  if (slot.canSignGo) return 'You, now'
  if (slot.canOpen && slot.unsettledCount > 0) return `You, when ${items(slot.unsettledCount)} settled`
  if (holds && slot.canOpen) return 'You'
  return slot.whoCan.length > 0 ? slot.whoCan.join(', ') : 'Nobody can sign this yet'
}
