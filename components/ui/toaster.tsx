'use client'
import { useSyncExternalStore } from 'react'
import { ToastCard } from './toast-card.tsx'
import { currentToasts, noToasts, subscribeToToasts } from './toast-store.ts'

/** The page's messages; mounted once, in the root layout. Our own, because a library's `<style>` has no nonce. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts, noToasts)
  return (
    <section
      aria-label="Messages"
      className="no-print pointer-events-none fixed right-3 bottom-3 left-3 z-40 sm:left-auto sm:w-96"
    >
      <ul aria-live="polite" aria-relevant="additions" className="m-0 grid list-none gap-2 p-0">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ul>
    </section>
  )
}
