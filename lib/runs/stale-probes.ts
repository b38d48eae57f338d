import type { GateReason } from './gate.ts'
import type { RuleItem } from './run-facts.ts'

/** A look that ended so lately would see the same; a pipeline that polls must not turn into a load. */
const PAUSE_MS = 30_000

/** When it is worth while to ask the gate again, in seconds. */
export const ASK_AGAIN_SECONDS = 15

type Asked = { items: readonly RuleItem[]; reasons: readonly GateReason[]; now: number }

/** Keys of the items that stand in the way only because what their probe saw has grown too old. */
export function staleProbes({ items, reasons, now }: Asked): string[] {
  const old = new Set(reasons.flatMap(({ code, itemKey }) => (code === 'evidence_too_old' ? [itemKey] : [])))
  return items
    .filter(({ key, probeHash, fold }) => {
      const last = fold.attempt?.at ?? Number.NEGATIVE_INFINITY
      return probeHash !== null && old.has(key) && now - last > PAUSE_MS
    })
    .map(({ key }) => key)
}

/** The gate's reasons, where those of items that are being probed again say so. It stays a reason until the probe has passed. */
export function saidProbing({
  reasons,
  probing,
}: {
  reasons: readonly GateReason[]
  probing: readonly string[]
}): GateReason[] {
  return reasons.map((reason) =>
    reason.code === 'evidence_too_old' && reason.itemKey !== undefined && probing.includes(reason.itemKey)
      ? { ...reason, text: reason.text.replace(/probe or tick it again$/, 'it is being probed again') }
      : reason,
  )
}
