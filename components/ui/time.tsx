'use client'
import { useSyncExternalStore } from 'react'
import { formatLocal, formatRelative, formatUtc, type TimeShow } from './time-format.ts'

const listeners = new Set<() => void>()
let beat: ReturnType<typeof setInterval> | undefined

/** One timer for all times on the page; a time is drawn again only when its words change. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  beat ??= setInterval(() => {
    for (const each of listeners) each()
  }, 5_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(beat)
    beat = undefined
  }
}

/** A moment in the viewer's zone, UTC in its title. The server writes UTC; the browser corrects it in place. */
export function Time({
  at,
  show = 'minute',
  className,
}: {
  at: Date | string
  show?: TimeShow
  className?: string
}) {
  const moment = typeof at === 'string' ? new Date(at) : at
  const text = useSyncExternalStore(
    subscribe,
    () => (show === 'relative' ? formatRelative(moment, Date.now()) : formatLocal(moment, show)),
    () => (show === 'relative' ? formatRelative(moment, Date.now()) : formatUtc(moment, show)),
  )
  return (
    // Between server and browser a second may pass: the words may differ by it.
    <time
      dateTime={moment.toISOString()}
      title={formatUtc(moment, 'second')}
      className={className}
      suppressHydrationWarning
    >
      {text}
    </time>
  )
}
