'use client'
import { useEffect, useState } from 'react'
import { waitWords } from '#lib/people/wait-words.ts'

/** Seconds until the next attempt is looked at, counted down; the message above has said it to screen readers. */
export function RetryCountdown({ seconds }: { seconds: number }) {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const end = Date.now() + seconds * 1_000
    setLeft(seconds)
    const timer = window.setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1_000))), 1_000)
    return () => window.clearInterval(timer)
  }, [seconds])
  return (
    <p className="m-0 text-sm text-soft" aria-hidden="true">
      {left > 0 ? `${waitWords(left)} left` : 'You can try again now.'}
    </p>
  )
}
