type Message = { text: string; assertive: boolean; turn: number }

let current: Message = { text: '', assertive: false, turn: 0 }
const listeners = new Set<() => void>()

/** Says one sentence to screen readers through the page's live region. Browser only; the last call wins. */
export function announce(text: string, { assertive = false }: { assertive?: boolean } = {}): void {
  current = { text, assertive, turn: current.turn + 1 }
  for (const listener of listeners) listener()
}

export function subscribeToAnnouncements(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function currentAnnouncement(): Message {
  return current
}
