'use client'
import { useSyncExternalStore } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { letterKeysOn, setLetterKeys, subscribeToLetterKeys } from '../letter-keys.ts'
import { closeOverlay, useDesk } from './desk.ts'

const KEYS: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['j', 'k'], does: 'Next, previous item' },
  { keys: ['x'], does: 'Tick or untick' },
  { keys: ['n'], does: 'Write a note' },
  { keys: ['e'], does: 'Evidence and history' },
  { keys: ['w'], does: 'Witness a tick, check an n/a' },
  { keys: ['r'], does: 'Run this probe' },
  { keys: ['shift', 'R'], does: 'Run all probes' },
  { keys: ['s'], does: 'Read what you will sign' },
  { keys: ['g', 'h'], does: 'Audit trail' },
  { keys: ['/'], does: 'Search items' },
  { keys: ['⌘', 'K'], does: 'Go anywhere' },
  { keys: ['?'], does: 'This list' },
]

/** The keys of the board, and the switch that turns single letters off. */
export default function Shortcuts() {
  const desk = useDesk()
  const on = useSyncExternalStore(subscribeToLetterKeys, letterKeysOn, () => true)
  return (
    <Dialog title="Keys" size="sm" onClose={() => closeOverlay(desk)}>
      <dl className="m-0 mb-4 grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5">
        {KEYS.map(({ keys, does }) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="m-0 text-soft">{does}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        name="letter-keys"
        label="Single letters act on the board"
        hint="Off: only Tab, Enter, Space and ⌘K do. Kept in this browser."
        checked={on}
        onChange={(event) => setLetterKeys(event.target.checked)}
      />
    </Dialog>
  )
}
