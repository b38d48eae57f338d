'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { ItemView } from '#lib/runs/board.ts'
import { boxAct } from '#lib/runs/optimistic.ts'
import { heldBoard } from '#lib/runs/queries.ts'
import { paths } from '#lib/shared/paths.ts'
import { type Desk, openOverlay, useDesk } from './board/desk.ts'
import { actOnItem, heldItem } from './board/item-doings.ts'
import { focusedItem, focusItem, neighbour } from './board/item-focus.ts'
import { startProbes } from './board/probe-doings.ts'
import { SEARCH_ID } from './board/search-id.ts'
import { letterKeysOn } from './letter-keys.ts'

/** Two keys of one chord are pressed within this. */
const CHORD_MS = 1_500

type Go = (path: string) => void

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]') !==
      null
  )
}

function move(desk: Desk, step: 1 | -1): void {
  const next = neighbour(focusedItem() ?? desk.last.itemKey, step)
  if (next) focusItem(next)
}

function sign(desk: Desk, go: Go): void {
  const slots = heldBoard(desk)?.slots ?? []
  const slot = slots.find(({ canSignGo }) => canSignGo) ?? slots.find(({ canOpen }) => canOpen)
  if (slot) go(paths.sign({ ...desk.address, role: slot.slug }))
}

function onItem(desk: Desk, item: ItemView, key: string): boolean {
  const { key: itemKey } = item
  switch (key) {
    case 'x':
      void actOnItem(desk, { key: itemKey, act: boxAct(item), text: null })
      return true
    case 'w':
      void actOnItem(desk, {
        key: itemKey,
        act: item.state === 'not_applicable' ? 'verify' : 'witness',
        text: null,
      })
      return true
    case 'n':
      if (item.can.note) desk.editing.set(itemKey, 'note')
      return true
    case 'e':
      openOverlay(desk, { kind: 'why', itemKey })
      return true
    case 'r':
      if (item.can.probe && !item.attempt) void startProbes(desk, [itemKey])
      else desk.refused.set(itemKey, item.why.probe ?? 'A probe is under way here.')
      return true
    default:
      return false
  }
}

function onBoard(desk: Desk, key: string, go: Go): boolean {
  switch (key) {
    case 'j':
    case 'k':
      move(desk, key === 'j' ? 1 : -1)
      return true
    case 'R':
      if (heldBoard(desk)?.can.probe) void startProbes(desk, 'all')
      return true
    case 's':
      sign(desk, go)
      return true
    case '/':
      document.getElementById(SEARCH_ID)?.focus()
      return true
    case '?':
      openOverlay(desk, { kind: 'shortcuts' })
      return true
    default:
      return false
  }
}

/** The board's single keys. They rest while somebody types, while something lies over the board, and when switched off. */
export function useBoardKeys(): void {
  const desk = useDesk()
  const router = useRouter()
  useEffect(() => {
    let chordAt = 0
    const go: Go = (path) => router.push(path)
    function pressed(event: KeyboardEvent) {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (isTyping(event.target) || desk.overlay.get('now') || document.querySelector('dialog[open]')) return
      if (!letterKeysOn()) return
      if (event.key === 'h' && event.timeStamp - chordAt < CHORD_MS) {
        chordAt = 0
        event.preventDefault()
        return go(paths.audit(desk.address))
      }
      chordAt = event.key === 'g' ? event.timeStamp : 0
      const itemKey = focusedItem() ?? desk.last.itemKey
      const item = itemKey === null ? undefined : heldItem(desk, itemKey)
      const done = onBoard(desk, event.key, go) || (item !== undefined && onItem(desk, item, event.key))
      if (done) event.preventDefault()
    }
    function focused() {
      const itemKey = focusedItem()
      if (itemKey) desk.last.itemKey = itemKey
    }
    window.addEventListener('keydown', pressed)
    document.addEventListener('focusin', focused)
    return () => {
      window.removeEventListener('keydown', pressed)
      document.removeEventListener('focusin', focused)
    }
  }, [desk, router])
}
