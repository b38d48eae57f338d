/**
 * The positions that have to change for `numbers` (all different) to be in rising order, as few as possible: all that are
 * in no longest rising row. Time n log n.
 */
export function outOfOrder(numbers: readonly number[]): Set<number> {
  /** For each length, the position of the row's smallest possible last number. */
  const ends: number[] = []
  const before: (number | undefined)[] = []
  for (const [position, number] of numbers.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1
      else high = middle
    }
    before.push(ends[low - 1])
    ends[low] = position
  }
  const moved = new Set(numbers.keys())
  for (let at = ends.at(-1); at !== undefined; at = before[at]) moved.delete(at)
  return moved
}
