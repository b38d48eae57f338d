/** Whether single-letter keys act on the board: WCAG 2.1.4 asks for a way to switch them off. Kept in this browser. */
const PLACE = 'countersign.letter-keys'
const listeners = new Set<() => void>()

export function letterKeysOn(): boolean {
  try {
    return localStorage.getItem(PLACE) !== 'off'
  } catch {
    return true
  }
}

export function setLetterKeys(on: boolean): void {
  try {
    localStorage.setItem(PLACE, on ? 'on' : 'off')
  } catch {
    // A browser that keeps nothing forgets the choice with the page.
  }
  for (const listener of listeners) listener()
}

export function subscribeToLetterKeys(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
