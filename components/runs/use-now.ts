'use client'
import { useEffect, useState } from 'react'

/** The browser's clock, moved on every `everyMs`; begins with `first`, the time that the server wrote the page at. */
export function useNow({ first, everyMs }: { first: number; everyMs: number }): number {
  const [now, setNow] = useState(first)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
