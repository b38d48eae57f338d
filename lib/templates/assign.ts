/** A pair that may be made: indexes from 0 and what it is worth, a whole number above 0. */
export type Pair = { left: number; right: number; worth: number }

/**
 * One-to-one pairs whose worth together is the largest there is, within one for each pair; a left one may stay alone. An
 * auction (Bertsekas, 1979): each left one bids for the right one that leaves it most, and raises its price by what that
 * is better than its second choice. Deterministic; time grows with pairs and worth, not with left times right.
 */
export function assignPairs(pairs: readonly Pair[]): Map<number, number> {
  const wishes = new Map<number, Pair[]>()
  for (const pair of pairs) wishes.set(pair.left, [...(wishes.get(pair.left) ?? []), pair])
  const prices = new Map<number, number>()
  const owners = new Map<number, number>()
  const waiting = [...wishes.keys()].sort((a, b) => b - a)
  for (let left = waiting.pop(); left !== undefined; left = waiting.pop()) {
    let best: { right: number; gain: number } | null = null
    // Staying alone is worth nothing and costs nothing: no bid goes beyond it.
    let second = 0
    for (const { right, worth } of wishes.get(left) ?? []) {
      const gain = worth - (prices.get(right) ?? 0)
      if (gain <= 0) continue
      if (best === null || gain > best.gain) {
        second = Math.max(second, best?.gain ?? 0)
        best = { right, gain }
      } else second = Math.max(second, gain)
    }
    if (best === null) continue
    const outbid = owners.get(best.right)
    prices.set(best.right, (prices.get(best.right) ?? 0) + best.gain - second + 1)
    owners.set(best.right, left)
    if (outbid !== undefined) waiting.push(outbid)
  }
  return new Map([...owners].map(([right, left]) => [left, right]))
}
