/** A change that the person made and the server has not answered yet because there is no network. */
export type WaitingCommand = { id: string; label: string }

const none: readonly WaitingCommand[] = []
let waiting: readonly WaitingCommand[] = none
const listeners = new Set<() => void>()

function show(next: readonly WaitingCommand[]): void {
  waiting = next
  for (const listener of listeners) listener()
}

function warnBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

/** Holds a command until the browser is back on the network. Browser only. */
export async function waitForNetwork(command: WaitingCommand): Promise<void> {
  if (waiting.length === 0) window.addEventListener('beforeunload', warnBeforeLeaving)
  show([...waiting, command])
  await new Promise((resolve) => window.addEventListener('online', resolve, { once: true }))
  show(waiting.filter(({ id }) => id !== command.id))
  if (waiting.length === 0) window.removeEventListener('beforeunload', warnBeforeLeaving)
}

export function subscribeToQueue(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function currentQueue(): readonly WaitingCommand[] {
  return waiting
}

export function emptyQueue(): readonly WaitingCommand[] {
  return none
}
