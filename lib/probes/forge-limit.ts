type Line = { name: string; value: string }

/** When one may ask again, as a forge says in the head of a refusal; null when this is not about how often one asks. */
export function rateLimitEnd({
  status,
  headers,
  now,
}: {
  status: number
  headers: readonly Line[]
  /** Milliseconds since the epoch. */
  now: number
}): Date | 'unknown' | null {
  const value = (name: string) => headers.find((line) => line.name === name)?.value.trim() ?? null
  const remaining = value('x-ratelimit-remaining') ?? value('ratelimit-remaining')
  const after = value('retry-after')
  const isLimit = status === 429 || (status === 403 && (remaining === '0' || after !== null))
  if (!isLimit) return null
  // GitHub's second limits say how long to wait, the first ones when the hour is over.
  if (after !== null && /^\d{1,6}$/.test(after)) return new Date(now + Number(after) * 1000)
  const reset = value('x-ratelimit-reset') ?? value('ratelimit-reset')
  return reset !== null && /^\d{9,11}$/.test(reset) ? new Date(Number(reset) * 1000) : 'unknown'
}
