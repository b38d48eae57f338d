const EVENTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const

/**
 * Calls `onInput` for what a person does. Not for `scroll`, which pages do by themselves, and not for the still pointer
 * under which a page moved, which browsers report as a movement of nothing.
 */
export function listenForInput(onInput: () => void): () => void {
  const heard = (event: Event) => {
    if (!event.isTrusted) return
    if (
      event.type === 'pointermove' &&
      event instanceof PointerEvent &&
      event.movementX === 0 &&
      event.movementY === 0
    )
      return
    onInput()
  }
  for (const name of EVENTS) window.addEventListener(name, heard, { passive: true, capture: true })
  return () => {
    for (const name of EVENTS) window.removeEventListener(name, heard, { capture: true })
  }
}
