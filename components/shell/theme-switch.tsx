'use client'
import { useId, useState } from 'react'
import { Segment } from '#components/ui/segment.tsx'
import { THEME_COOKIE, type ThemeChoice } from './theme-choice.ts'

const options = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

/** Kept in a cookie, so that the server draws the first byte in the right theme. */
export function ThemeSwitch({ choice }: { choice: ThemeChoice }) {
  const [current, setCurrent] = useState(choice)
  const name = useId()

  function choose(next: ThemeChoice) {
    setCurrent(next)
    if (next === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = next
    // Absent on plain http and in old browsers: there the choice lasts as long as the page.
    if (!('cookieStore' in window)) return
    const aYear = Date.now() + 365 * 86_400_000
    void cookieStore
      .set({ name: THEME_COOKIE, value: next, expires: aYear, sameSite: 'lax' })
      .catch(() => undefined)
  }

  return <Segment label="Theme" name={name} value={current} options={options} onChange={choose} />
}
