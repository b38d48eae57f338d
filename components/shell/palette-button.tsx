'use client'
import { Search } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { buttonClass } from '#components/ui/button-style.ts'
import { Kbd } from '#components/ui/kbd.tsx'
import type { PaletteCommand } from './palette-command.ts'

const Palette = lazy(() => import('./palette.tsx'))

/** Opens the palette; so does ⌘K or Ctrl+K, from anywhere. */
export function PaletteButton({ commands }: { commands: readonly PaletteCommand[] }) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.metaKey || event.ctrlKey) ||
        event.shiftKey ||
        event.altKey
      )
        return
      event.preventDefault()
      setOpen((before) => !before)
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K"
        title="Go anywhere"
        className={buttonClass({ variant: 'quiet', className: 'max-lg:w-8 max-lg:px-0 pointer-coarse:w-10' })}
      >
        <Search aria-hidden="true" className="size-4" />
        <span className="sr-only">Go anywhere</span>
        <span aria-hidden="true" className="max-lg:hidden">
          <Kbd>⌘K</Kbd>
        </span>
      </button>
      {open ? (
        <Suspense fallback={null}>
          <Palette commands={commands} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
