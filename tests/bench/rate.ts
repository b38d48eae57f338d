/** How long one measurement lasts, in seconds: BENCH_SECONDS, else 4. */
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 4)

export const CLIENTS = 32

/** Pieces of work a second, done by `CLIENTS` clients that each start the next one when the last is answered. */
export async function rateOf(
  work: (client: number) => Promise<void>,
  { seconds = SECONDS, count = Number.POSITIVE_INFINITY } = {},
): Promise<{ rate: number; count: number }> {
  let started = 0
  const began = performance.now()
  const until = count === Number.POSITIVE_INFINITY ? began + seconds * 1000 : Number.POSITIVE_INFINITY
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      while (performance.now() < until && started < count) {
        started += 1
        await work(client)
      }
    }),
  )
  return { rate: (started * 1000) / (performance.now() - began), count: started }
}

/** The value below which `share` (0 to 1) of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (found === undefined) throw new Error('nothing was measured')
  return found
}

/** The median times (ms) of two pieces of work done in turn, so that a busy machine slows both. */
export async function pairOfTimes(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
  { warmUps = 10 } = {},
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []]
  const timed = async (work: () => Promise<unknown>, into: number[]): Promise<void> => {
    const since = performance.now()
    await work()
    into.push(performance.now() - since)
  }
  for (let warm = 0; warm < warmUps; warm += 1) await Promise.all([one(), other()])
  for (const until = performance.now() + SECONDS * 2_000; performance.now() < until; ) {
    await timed(one, times[0])
    await timed(other, times[1])
  }
  return [quantile(times[0], 0.5), quantile(times[1], 0.5)]
}
