'use client'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import type { PaletteCommand } from './palette-command.ts'

const rowClass =
  'flex min-h-9 cursor-pointer items-center rounded-md px-3 text-ink data-[selected=true]:bg-hair data-[selected=true]:shadow-[inset_3px_0_0_var(--accent)] pointer-coarse:min-h-11'

/** ⌘K. Loaded when it is first asked for. */
export default function Palette({
  commands,
  onClose,
}: {
  commands: readonly PaletteCommand[]
  onClose: () => void
}) {
  const router = useRouter()
  const box = useRef<HTMLDialogElement>(null)
  const close = useRef(onClose)
  const groups = [...new Set(commands.map((command) => command.group ?? 'Go to'))]

  useEffect(() => {
    close.current = onClose
  })

  useEffect(() => {
    const dialog = box.current
    if (!dialog) return
    if (!dialog.open) dialog.showModal()
    dialog.querySelector('input')?.focus()
    const ended = (event: Event) => {
      if (event.type === 'cancel') event.preventDefault()
      if (event.type === 'cancel' || event.target === dialog) close.current()
    }
    dialog.addEventListener('cancel', ended)
    dialog.addEventListener('mousedown', ended)
    return () => {
      dialog.removeEventListener('cancel', ended)
      dialog.removeEventListener('mousedown', ended)
      dialog.close()
    }
  }, [])

  return (
    <dialog
      ref={box}
      aria-label="Go anywhere"
      className="mx-auto mt-[12vh] mb-auto w-[calc(100%-1.5rem)] max-w-xl rounded-2xl border border-line bg-paper p-0 text-ink shadow-float"
    >
      <Command label="Go anywhere" loop>
        <Command.Input
          placeholder="Type a page, a run, a template"
          className="h-12 w-full border-b border-hair bg-transparent px-4 text-lg outline-none placeholder:text-faint"
        />
        <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-soft">
            Nothing here goes by that name.
          </Command.Empty>
          {groups.map((group) => (
            <Command.Group
              key={group}
              heading={group}
              className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
            >
              {commands
                .filter((command) => (command.group ?? 'Go to') === group)
                .map((command) => (
                  <Command.Item
                    key={`${command.href} ${command.label}`}
                    value={`${command.label} ${command.href}`}
                    keywords={[...(command.keywords ?? [])]}
                    onSelect={() => {
                      onClose()
                      router.push(command.href)
                    }}
                    className={rowClass}
                  >
                    {command.label}
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </dialog>
  )
}
