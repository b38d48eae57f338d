'use client'
import { useEffect } from 'react'

/** Puts one line into the foot of every printed page: which run this is, and its digest. Draws nothing on screen. */
export function PrintLine({ text }: { text: string }) {
  useEffect(() => {
    const { style } = document.documentElement
    style.setProperty('--print-line', JSON.stringify(text))
    return () => {
      style.removeProperty('--print-line')
    }
  }, [text])
  return null
}
