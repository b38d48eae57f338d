'use client'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import { needsText } from '#lib/runs/optimistic.ts'
import { LIMITS, utf8Bytes } from '#lib/shared/limits.ts'
import { itemAnchor } from '#lib/shared/paths.ts'
import type { Json } from '#lib/shared/result.ts'
import { type TextAct, useDesk } from '../board/desk.ts'
import { actOnItem } from '../board/item-doings.ts'
import { focusItem } from '../board/item-focus.ts'
import { useWritingHere } from './use-writing-here.ts'

const WORDS: Record<TextAct, { label: string; hint: string; send: string }> = {
  tick: { label: 'What you saw', hint: 'Stays beside the tick on the record.', send: 'Tick with this note' },
  untick: {
    label: 'Why the mark comes off',
    hint: 'Somebody else put it here; they will read this.',
    send: 'Take the mark off',
  },
  fail: {
    label: 'What is wrong',
    hint: 'The item fails and the gate stays at NO-GO.',
    send: 'Mark as failed',
  },
  notApplicable: {
    label: 'Why it does not apply',
    hint: 'A second person can check it.',
    send: 'Mark as n/a',
  },
  note: { label: 'Note', hint: 'Everybody who opens the run can read it.', send: 'Save note' },
}

const asText = (kept: Json): string | null => (typeof kept === 'string' ? kept : null)

/** A draft's key allows letters, digits and a few marks; an item's key may hold more. */
function draftKey({ runId, itemKey, act }: { runId: string; itemKey: string; act: TextAct }): string {
  return `run:${runId}:${itemKey.replace(/[^\w.@-]/g, '_')}:${act}`.slice(0, 200)
}

/** The words of an act, typed under its row. Kept as a draft until they are sent; Escape closes and keeps them. */
export function ItemEditor({ item, act }: { item: ItemView; act: TextAct }) {
  const desk = useDesk()
  const draft = useDraft<string>(draftKey({ runId: desk.runId, itemKey: item.key, act }), '', asText)
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const words = WORDS[act]

  useWritingHere(item.key)
  useEffect(() => {
    form.current?.querySelector('textarea')?.focus()
  }, [])

  function close() {
    desk.editing.set(item.key, undefined)
    focusItem(item.key)
  }

  async function send(event?: FormEvent) {
    event?.preventDefault()
    const text = draft.value.trim()
    if (text === '' && needsText(item, act)) return setError('Type a few words first.')
    if (utf8Bytes(text) > LIMITS.noteBytes)
      return setError(`At most ${LIMITS.noteBytes} bytes; this has ${utf8Bytes(text)}.`)
    setError(undefined)
    setPending(true)
    const done = await actOnItem(desk, { key: item.key, act, text })
    setPending(false)
    if (!done) return
    draft.clear()
    close()
  }

  function pressed(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    }
  }

  return (
    <form ref={form} onSubmit={send} onKeyDown={pressed} className="mt-2 grid gap-2 pb-1">
      <TextArea
        name={act}
        id={`${itemAnchor(item.key)}-${act}`}
        label={words.label}
        hint={draft.restored ? 'Brought back: you typed this before.' : words.hint}
        error={error}
        rows={2}
        value={draft.value}
        onChange={(event) => draft.set(event.target.value)}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant={act === 'fail' ? 'danger' : 'primary'} pending={pending}>
          {words.send}
        </Button>
        <Button onClick={close}>Cancel</Button>
        <span className="text-xs text-faint max-sm:hidden">
          Ctrl+Enter sends, Escape closes and keeps the draft
        </span>
      </div>
    </form>
  )
}
