export type ToastTone = 'info' | 'go' | 'warn' | 'error'

export type Toast = {
  id: number
  title: string
  body?: string | undefined
  tone: ToastTone
  action?: { label: string; onSelect: () => void } | { label: string; href: string } | undefined
  /** Seconds on screen; null stays until it is closed. */
  seconds: number | null
}

const none: readonly Toast[] = []
let shown: readonly Toast[] = none
let lastId = 0
const listeners = new Set<() => void>()

function show(next: readonly Toast[]) {
  shown = next
  for (const listener of listeners) listener()
}

/**
 * Shows a short message at the foot of the page and returns its id. Browser only. Errors and messages with an
 * action stay until they are closed (WCAG 2.2.1); others stay six seconds. At most four are kept.
 */
export function toast({ tone = 'info', seconds, ...rest }: Partial<Toast> & { title: string }): number {
  lastId += 1
  const stays = tone === 'error' || rest.action !== undefined
  const added: Toast = {
    ...rest,
    tone,
    id: lastId,
    seconds: seconds === undefined ? (stays ? null : 6) : seconds,
  }
  show(
    [...shown.filter((other) => other.title !== added.title || other.body !== added.body), added].slice(-4),
  )
  return added.id
}

export function dismissToast(id: number): void {
  show(shown.filter((other) => other.id !== id))
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function currentToasts(): readonly Toast[] {
  return shown
}

export function noToasts(): readonly Toast[] {
  return none
}
