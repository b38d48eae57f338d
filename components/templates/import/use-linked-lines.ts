'use client'
import { type RefObject, useEffect, useRef } from 'react'

/** Elements that stand for the same thing carry the same `data-of`; source lines also `data-line`, rows `data-row`. */
const LINKED = '[data-of]'

export type Pane = 'source' | 'checklist'

/**
 * Points from the source to the checklist and back: what is under the pointer or has the focus is lit on both sides, and a
 * click on one brings the other into sight. Works on the elements themselves: with 20,000 lines no pointer move may render.
 */
export function useLinkedLines({
  root,
  onShow,
}: {
  root: RefObject<HTMLElement | null>
  /** The pane that is about to be looked at; on a phone only one is there. */
  onShow: (pane: Pane) => void
}): void {
  const show = useRef(onShow)
  useEffect(() => {
    show.current = onShow
  })

  useEffect(() => {
    const area = root.current
    if (!area) return
    let lit: Element[] = []
    let of: string | null = null

    const light = (next: string | null) => {
      if (next === of) return
      of = next
      for (const element of lit) element.removeAttribute('data-lit')
      lit = next === null ? [] : [...area.querySelectorAll(`[data-of="${CSS.escape(next)}"]`)]
      for (const element of lit) element.setAttribute('data-lit', '')
    }
    const linkedAt = (target: EventTarget | null) =>
      target instanceof Element ? target.closest<HTMLElement>(LINKED) : null
    const bringSource = (name: string) => {
      const line = area.querySelector<HTMLElement>(`[data-line][data-of="${CSS.escape(name)}"]`)
      const pane = line?.closest<HTMLElement>('[data-pane="source"]')
      if (!line || !pane) return
      const top = line.getBoundingClientRect().top - pane.getBoundingClientRect().top
      if (top < 24 || top > pane.clientHeight - 60) pane.scrollTop += top - pane.clientHeight / 3
    }
    const bringRow = (name: string) => {
      const row = area.querySelector<HTMLElement>(`[data-row="${CSS.escape(name)}"]`)
      row?.closest('details')?.setAttribute('open', '')
      row?.scrollIntoView({ block: 'center' })
      row?.focus({ preventScroll: true })
    }
    const over = (event: PointerEvent) => {
      if (event.pointerType === 'touch') return
      const found = linkedAt(event.target)
      light(found?.dataset.of ?? null)
      if (found?.dataset.of && found.dataset.line === undefined) bringSource(found.dataset.of)
    }
    const leave = () => light(null)
    const focused = (event: FocusEvent) => {
      const found = linkedAt(event.target)
      if (!found?.dataset.of || found.dataset.line !== undefined) return
      light(found.dataset.of)
      bringSource(found.dataset.of)
    }
    const clicked = (event: MouseEvent) => {
      const found = linkedAt(event.target)
      const name = found?.dataset.of
      if (!found || !name) return
      if (found.dataset.line !== undefined) {
        if (!window.getSelection()?.isCollapsed) return
        show.current('checklist')
        requestAnimationFrame(() => {
          bringRow(name)
          light(name)
        })
      } else if (event.target instanceof Element && event.target.closest('[data-to-source]')) {
        show.current('source')
        requestAnimationFrame(() => {
          bringSource(name)
          light(name)
        })
      }
    }
    area.addEventListener('pointerover', over)
    area.addEventListener('pointerleave', leave)
    area.addEventListener('focusin', focused)
    area.addEventListener('click', clicked)
    return () => {
      area.removeEventListener('pointerover', over)
      area.removeEventListener('pointerleave', leave)
      area.removeEventListener('focusin', focused)
      area.removeEventListener('click', clicked)
    }
  }, [root])
}
