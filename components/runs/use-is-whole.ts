'use client'
import { startTransition, useEffect, useState } from 'react'

/** False on the server and while the page wakes up, true from then on: the first answer is small, the document whole. */
export function useIsWhole(): boolean {
  const [isWhole, setWhole] = useState(false)
  useEffect(() => startTransition(() => setWhole(true)), [])
  return isWhole
}
