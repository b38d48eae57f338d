import type { FactView, ItemView } from './board.ts'

/** The items that an answer would change now: "no" marks them n/a, any other answer takes that n/a off again. */
export function itemsThatFollow({
  fact,
  answer,
  items,
}: {
  fact: FactView
  answer: boolean | null
  items: readonly ItemView[]
}): ItemView[] {
  const own = items.filter(({ key }) => fact.itemKeys.includes(key))
  return answer === false
    ? own.filter((item) => item.can.notApplicable)
    : own.filter((item) => item.state === 'not_applicable' && item.can.untick)
}
