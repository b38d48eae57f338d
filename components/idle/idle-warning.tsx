'use client'
import { useEffect, useRef } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { countdown, isAnnounced } from './idle-rules.ts'
import type { IdleView } from './idle-watch.ts'

function words({ phase, absolute }: IdleView, idleWords: string): string {
  if (phase === 'unreachable') {
    return 'Your time is up, and Countersign cannot be reached. You are signed out as soon as it answers. Your drafts are kept.'
  }
  return absolute
    ? 'A session lasts at most 12 hours, and yours is about to end. Your drafts are kept; sign in again to go on.'
    : `Nothing has been done here for a while. After ${idleWords} without activity you are signed out. Your drafts are kept.`
}

/** The last minutes before the session ends, counted down. */
export default function IdleWarning({
  view,
  idleWords,
  onStay,
  onLeave,
}: {
  view: IdleView
  idleWords: string
  onStay: () => void
  onLeave: () => void
}) {
  const stay = useRef<HTMLButtonElement>(null)
  const seconds = Math.ceil(view.secondsLeft)
  useEffect(() => {
    if (isAnnounced(seconds)) announce(`You will be signed out in ${seconds} seconds.`)
  }, [seconds])
  const canStay = view.phase === 'warning' && !view.absolute
  return (
    <Dialog
      title={canStay ? 'Are you still there?' : 'Your session is ending'}
      onClose={canStay ? onStay : onLeave}
      size="sm"
      initialFocus={stay}
      footer={
        <>
          <Button onClick={onLeave}>Sign out now</Button>
          {canStay ? (
            <Button ref={stay} variant="primary" onClick={onStay}>
              Stay signed in
            </Button>
          ) : null}
        </>
      }
    >
      <p className="m-0">{words(view, idleWords)}</p>
      <p className="mt-3 mb-0 font-mono text-3xl tabular-nums" role="timer" aria-label="Time left">
        {countdown(view.secondsLeft)}
      </p>
    </Dialog>
  )
}
