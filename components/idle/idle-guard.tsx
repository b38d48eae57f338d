'use client'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { waitWords } from '#lib/people/wait-words.ts'
import { type IdleView, type IdleWatch, watchIdle } from './idle-watch.ts'

const IdleWarning = lazy(() => import('./idle-warning.tsx'))

/**
 * Mounted once in every layout for signed-in people: reports what the person does, warns before the idle sign-out and
 * leads to the sign-in page when the session is over. Both times are the server's settings.
 */
export function IdleGuard({ idleSeconds, warnSeconds }: { idleSeconds: number; warnSeconds: number }) {
  const [view, setView] = useState<IdleView | null>(null)
  const watch = useRef<IdleWatch | null>(null)
  useEffect(() => {
    const running = watchIdle({
      idleSeconds,
      warnSeconds,
      // Nothing to render as long as all is well.
      show: (next) => setView(next.phase === 'active' ? null : next),
    })
    watch.current = running
    return running.stop
  }, [idleSeconds, warnSeconds])
  if (!view) return null
  return (
    <Suspense fallback={null}>
      <IdleWarning
        view={view}
        idleWords={waitWords(idleSeconds)}
        onStay={() => watch.current?.stay()}
        onLeave={() => watch.current?.leave()}
      />
    </Suspense>
  )
}
