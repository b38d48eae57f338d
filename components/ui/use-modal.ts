'use client'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

/**
 * Opens a native modal dialog for as long as it is rendered: Escape asks to close, `besideCloses` lets a press on
 * the backdrop ask too, and the focus goes back to where it was.
 */
export function useModal({
  box,
  onClose,
  besideCloses,
  focusFirst,
}: {
  box: RefObject<HTMLDialogElement | null>
  onClose: () => void
  besideCloses: boolean
  focusFirst: (dialog: HTMLDialogElement) => void
}): void {
  const latest = useRef({ onClose, focusFirst })

  useEffect(() => {
    latest.current = { onClose, focusFirst }
  })

  // A layout effect, because its end runs while the dialog is still in the page and can give the focus back.
  useLayoutEffect(() => {
    const dialog = box.current
    if (!dialog) return
    const before = document.activeElement
    dialog.showModal()
    latest.current.focusFirst(dialog)
    function cancelled(event: Event) {
      if (event.target !== dialog) return
      event.preventDefault()
      latest.current.onClose()
    }
    function pressed(event: MouseEvent) {
      if (besideCloses && event.target === dialog) latest.current.onClose()
    }
    dialog.addEventListener('cancel', cancelled)
    dialog.addEventListener('mousedown', pressed)
    return () => {
      dialog.removeEventListener('cancel', cancelled)
      dialog.removeEventListener('mousedown', pressed)
      dialog.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [box, besideCloses])
}
