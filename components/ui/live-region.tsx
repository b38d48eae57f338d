'use client'
import { useSyncExternalStore } from 'react'
import { currentAnnouncement, subscribeToAnnouncements } from './announce.ts'

/** The one pair of live regions of the page; mounted once, in the root layout. */
export function LiveRegion() {
  const message = useSyncExternalStore(subscribeToAnnouncements, currentAnnouncement, currentAnnouncement)
  // The same sentence twice is a change only if the text differs: every second turn ends in a no-break space.
  const text = message.text && message.turn % 2 === 0 ? `${message.text}\u00a0` : message.text
  return (
    <div className="sr-only">
      <div aria-live="polite" aria-atomic="true">
        {message.assertive ? '' : text}
      </div>
      <div aria-live="assertive" aria-atomic="true">
        {message.assertive ? text : ''}
      </div>
    </div>
  )
}
