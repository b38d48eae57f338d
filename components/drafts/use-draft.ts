'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Json } from '#lib/shared/result.ts'
import { dropDraft, fetchDraft, type Kept, keepDraft } from './draft-store.ts'

const PAUSE_MS = 600
const AGAIN_MS = 5_000

export type DraftState = 'untouched' | 'saving' | Kept
export type Draft<T> = {
  value: T
  set: (next: T) => void
  /** After sending the form: back to the initial value, and the server forgets the draft. */
  clear: () => void
  /** True when what was typed before has just been brought back. */
  restored: boolean
  state: DraftState
}

/**
 * Typed text that survives: kept on the server for this person under `key` (letters, digits, `_ : . @ -`) a moment
 * after each change and when the page goes away; brought back when the form is opened again, here or elsewhere.
 * `parse` guards against a draft of an older shape: null drops it. `toKeep` takes out what no server may keep: it stays on the page.
 */
export function useDraft<T extends Json>(
  key: string,
  initial: T,
  parse?: (kept: Json) => T | null,
  toKeep?: (value: T) => T,
): Draft<T> {
  const [value, setValue] = useState(initial)
  const [restored, setRestored] = useState(false)
  const [state, setState] = useState<DraftState>('untouched')
  const held = useRef({
    key,
    initial,
    parse,
    toKeep,
    value,
    dirty: false,
    typed: false,
    line: Promise.resolve(),
    timer: 0,
  })
  held.current.key = key
  held.current.initial = initial
  held.current.parse = parse
  held.current.toKeep = toKeep

  const save = useCallback(() => {
    const now = held.current
    window.clearTimeout(now.timer)
    if (!now.dirty) return
    now.dirty = false
    const { key: name, value: next } = now
    const isInitial = JSON.stringify(next) === JSON.stringify(now.initial)
    // One request after the other: an older text must never arrive last.
    now.line = now.line.then(async () => {
      const kept = isInitial ? await dropDraft(name) : await keepDraft(name, now.toKeep?.(next) ?? next)
      setState((before) => (before === 'saving' ? kept : before))
      if (kept !== 'failed' || now.dirty || now.value !== next) return
      now.dirty = true
      now.timer = window.setTimeout(save, AGAIN_MS)
    })
  }, [])

  const set = useCallback(
    (next: T) => {
      const now = held.current
      Object.assign(now, { value: next, dirty: true, typed: true })
      setValue(next)
      setState('saving')
      window.clearTimeout(now.timer)
      now.timer = window.setTimeout(save, PAUSE_MS)
    },
    [save],
  )

  const clear = useCallback(() => {
    const now = held.current
    window.clearTimeout(now.timer)
    Object.assign(now, { value: now.initial, dirty: false, typed: false })
    setValue(now.initial)
    setRestored(false)
    setState('untouched')
    const name = now.key
    now.line = now.line.then(() => dropDraft(name)).then(() => undefined)
  }, [])

  useEffect(() => {
    const now = held.current
    const asked = new AbortController()
    void fetchDraft(key, asked.signal).then((kept) => {
      // What is being typed now is newer than any draft.
      if (kept === undefined || asked.signal.aborted || now.typed) return
      const parsed = now.parse ? now.parse(kept) : (kept as T)
      if (parsed === null) return
      now.value = parsed
      setValue(parsed)
      setRestored(true)
      setState('kept')
    })
    const away = () => save()
    window.addEventListener('pagehide', away)
    document.addEventListener('visibilitychange', away)
    return () => {
      asked.abort()
      window.removeEventListener('pagehide', away)
      document.removeEventListener('visibilitychange', away)
      save()
      now.typed = false
    }
  }, [key, save])

  return { value, set, clear, restored, state }
}
