import type { ReasonView } from './board.ts'
import type { GateReason } from './gate.ts'

/** Reasons that say the same of several items, in one line with all of them inside. */
export type ReasonGroup = { key: string; own: boolean; text: string; reasons: ReasonView[] }

const SAID: Partial<Record<GateReason['code'], (count: number) => string>> = {
  item_open: (count) => `${count} items are open`,
  item_failed: (count) => `${count} items failed`,
  grade_too_low: (count) => `${count} items need a better proof`,
  evidence_too_old: (count) => `${count} items have evidence that is too old`,
}

/** As few as this are listed one by one. */
const FEW = 3

/** The reasons in reading order, own ones first; more than three of one kind become a group that can be opened. */
export function groupReasons(reasons: readonly ReasonView[]): ReasonGroup[] {
  const groups = new Map<string, ReasonView[]>()
  for (const reason of reasons) {
    const alike = SAID[reason.code] ? reason.code : `${reason.code} ${reason.role ?? reason.text}`
    const key = `${reason.own ? 'own' : 'other'} ${alike}`
    groups.set(key, [...(groups.get(key) ?? []), reason])
  }
  return [...groups].flatMap(([key, alike]) => {
    const [first] = alike
    const words = first ? SAID[first.code]?.(alike.length) : undefined
    if (first && words && alike.length > FEW) return [{ key, own: first.own, text: words, reasons: alike }]
    return alike.map((reason) => ({
      key: `${key} ${reason.itemKey ?? ''}`,
      own: reason.own,
      text: reason.text,
      reasons: [reason],
    }))
  })
}
