'use client'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { placePopover } from './place-popover.ts'

type Popover = {
  anchor: RefObject<HTMLButtonElement | null>
  popover: RefObject<HTMLDivElement | null>
  open: boolean
  close: () => void
}

/** Follows a native popover: places it when it opens and closes it when the page moves under it. */
export function usePopover({
  align,
  onOpen,
}: {
  align: 'start' | 'end'
  onOpen?: (popover: HTMLElement) => void
}): Popover {
  const anchor = useRef<HTMLButtonElement>(null)
  const popover = useRef<HTMLDivElement>(null)
  const opened = useRef(onOpen)
  const [open, setOpen] = useState(false)

  useEffect(() => {
    opened.current = onOpen
  })

  useEffect(() => {
    const box = popover.current
    if (!box) return
    function toggled(event: ToggleEvent) {
      const isOpen = event.newState === 'open'
      setOpen(isOpen)
      if (!isOpen || !anchor.current || !box) return
      placePopover({ anchor: anchor.current, popover: box, align })
      opened.current?.(box)
    }
    box.addEventListener('toggle', toggled)
    return () => box.removeEventListener('toggle', toggled)
  }, [align])

  useEffect(() => {
    if (!open) return
    function moved(event: Event) {
      if (event.target instanceof Node && popover.current?.contains(event.target)) return
      popover.current?.hidePopover()
    }
    window.addEventListener('resize', moved)
    window.addEventListener('scroll', moved, { capture: true, passive: true })
    return () => {
      window.removeEventListener('resize', moved)
      window.removeEventListener('scroll', moved, { capture: true })
    }
  }, [open])

  return { anchor, popover, open, close: () => popover.current?.hidePopover() }
}
