'use client'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useModal } from '#components/ui/use-modal.ts'
import type { PaletteCommand } from './palette-command.ts'
import { rankCommands } from './palette-rank.ts'
import { PaletteRow } from './palette-row.tsx'

/** How many lines are drawn at most; whoever has more types a letter. */
const most = 60

/** ⌘K: a text field that names places. Loaded when it is first asked for. */
export default function Palette({
  commands,
  onClose,
}: {
  commands: readonly PaletteCommand[]
  onClose: () => void
}) {
  const router = useRouter()
  const box = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const listId = useId()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const found = rankCommands({ commands, query }).slice(0, most)
  useModal({
    box,
    onClose,
    besideCloses: true,
    focusFirst: (dialog) => dialog.querySelector('input')?.focus(),
  })

  function go(command: PaletteCommand | undefined) {
    if (!command) return
    onClose()
    router.push(command.href)
  }

  function move(to: number) {
    const next = (to + found.length) % Math.max(found.length, 1)
    setAt(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }

  function pressed(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') move(at + 1)
    else if (event.key === 'ArrowUp') move(at - 1)
    else if (event.key === 'Enter') go(found[at])
    else return
    event.preventDefault()
  }

  return (
    <dialog
      ref={box}
      aria-label="Go anywhere"
      className="mx-auto mt-[12vh] mb-auto w-[calc(100%-1.5rem)] max-w-xl rounded-2xl border border-line bg-paper p-0 text-ink shadow-float"
    >
      <input
        type="text"
        role="combobox"
        aria-label="Go anywhere"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={found[at] ? `${listId}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="Type a page, a run, a template"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={pressed}
        className="h-12 w-full border-b border-hair bg-transparent px-4 text-lg outline-none placeholder:text-faint"
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label="Places"
        className="max-h-[50vh] overflow-y-auto p-1.5 empty:hidden"
      >
        {found.map((command, place) => (
          <PaletteRow
            key={`${command.href} ${command.label}`}
            id={`${listId}-${place}`}
            command={command}
            selected={place === at}
            onPoint={() => setAt(place)}
            onChoose={() => go(command)}
          />
        ))}
      </div>
      <p role="status" className="m-0 px-4 py-6 text-center text-soft empty:hidden">
        {found.length === 0 ? 'Nothing here goes by that name.' : ''}
      </p>
    </dialog>
  )
}
