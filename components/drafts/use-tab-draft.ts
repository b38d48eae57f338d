'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { asTexts } from './as-typed.ts'

/**
 * Typed text that survives a reload where nobody is signed in yet, so that no server may keep it: in this tab alone,
 * until it is closed. Never for a password or a code.
 */
export function useTabDraft<T extends Record<string, string>>(
  key: string,
  initial: T,
): { value: T; set: (next: T) => void; clear: () => void } {
  const [value, setValue] = useState(initial)
  const shape = useRef(initial)
  const place = `countersign.draft.${key}`

  useEffect(() => {
    try {
      const kept = asTexts(shape.current)(JSON.parse(sessionStorage.getItem(place) ?? 'null'))
      if (kept) setValue(kept)
    } catch {
      // A browser that keeps nothing, or something of another kind under this name: the form starts empty.
    }
  }, [place])

  const set = useCallback(
    (next: T) => {
      setValue(next)
      try {
        sessionStorage.setItem(place, JSON.stringify(next))
      } catch {
        // Full or forbidden: what is typed stays on the page.
      }
    },
    [place],
  )
  const clear = useCallback(() => {
    try {
      sessionStorage.removeItem(place)
    } catch {
      // There is nothing to forget.
    }
  }, [place])
  return { value, set, clear }
}
