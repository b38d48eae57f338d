import type { ItemAct, ItemView } from './board.ts'
import type { By } from './evidence.ts'

/** What the person just did to an item, before the server has answered. */
export type PendingAct = { act: Exclude<ItemAct, 'attach' | 'probe' | 'notify'>; text: string | null }

function quoted(text: string | null): string {
  return text ? ` · “${text}”` : ''
}

/** The item as it will be if the server agrees; shown until it answers, never kept. */
export function afterAct(item: ItemView, { act, text }: PendingAct, viewer: By): ItemView {
  const line = (words: string): ItemView['line'] => ({ from: 'person', text: words, unsure: false })
  switch (act) {
    case 'tick':
      return {
        ...item,
        state: 'passed',
        grade: 'claimed',
        by: viewer,
        line: line(`${viewer.name}, just now${quoted(text)}`),
      }
    case 'untick':
      return { ...item, state: 'open', grade: 'unproven', by: null, at: null, line: null }
    case 'fail':
      return {
        ...item,
        state: 'failed',
        grade: 'unproven',
        by: viewer,
        line: line(`Failed by ${viewer.name}, just now${quoted(text)}`),
      }
    case 'notApplicable':
      return {
        ...item,
        state: 'not_applicable',
        grade: 'unproven',
        by: viewer,
        line: line(`Not applicable${quoted(text)} · ${viewer.name}, just now`),
      }
    case 'witness':
      return { ...item, grade: item.grade === 'claimed' ? 'witnessed' : item.grade }
    case 'verify':
      return { ...item, line: line(`${item.line?.text ?? 'Not applicable'} · checked by ${viewer.name}`) }
    case 'note':
      return item
  }
}

/** What a press on the item's box, or the key x, means now. */
export function boxAct(item: ItemView): 'tick' | 'untick' {
  if (item.state === 'passed') return item.tooOld && item.can.tick ? 'tick' : 'untick'
  return item.state === 'not_applicable' || item.state === 'waived' ? 'untick' : 'tick'
}

/** Whether the act needs words before it can be sent. */
export function needsText(item: ItemView, act: PendingAct['act']): boolean {
  switch (act) {
    case 'tick':
      return item.tickNeedsNote
    case 'untick':
      return item.untickNeedsReason
    case 'fail':
    case 'notApplicable':
    case 'note':
      return true
    case 'witness':
    case 'verify':
      return false
  }
}
