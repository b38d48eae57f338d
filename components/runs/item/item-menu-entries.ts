import type { ItemView } from '#lib/runs/board.ts'
import { type Desk, openOverlay } from '../board/desk.ts'
import { actOnItem } from '../board/item-doings.ts'
import { startProbes } from '../board/probe-doings.ts'

export type MenuEntry = { label: string; kbd?: string; onSelect: () => void }

/** What this person can do with this item now, beyond its box. Never empty: the evidence can always be read. */
export function menuEntries({ desk, item }: { desk: Desk; item: ItemView }): MenuEntry[] {
  const { key, can } = item
  const type = (act: 'tick' | 'untick' | 'fail' | 'notApplicable' | 'note') => () =>
    desk.editing.set(key, act)
  const act = (name: 'tick' | 'untick' | 'witness' | 'verify') => () =>
    void actOnItem(desk, { key, act: name, text: null })
  const entries: (MenuEntry | false)[] = [
    can.witness && { label: 'Witness', kbd: 'w', onSelect: act('witness') },
    can.verify && { label: 'Check the n/a', kbd: 'w', onSelect: act('verify') },
    can.probe &&
      !item.attempt && { label: 'Run probe', kbd: 'r', onSelect: () => void startProbes(desk, [key]) },
    can.notify && {
      label: item.notice?.sent ? 'New notice…' : 'Send notice…',
      onSelect: () => openOverlay(desk, { kind: 'notice', itemKey: key }),
    },
    can.tick && { label: 'Tick with a note…', onSelect: type('tick') },
    can.fail && { label: 'Fail…', onSelect: type('fail') },
    can.notApplicable && { label: 'Not applicable…', onSelect: type('notApplicable') },
    can.untick && {
      label: item.untickNeedsReason ? 'Take the mark off…' : 'Take the mark off',
      onSelect: act('untick'),
    },
    can.note && { label: 'Note…', kbd: 'n', onSelect: type('note') },
    can.attach && {
      label: 'Attach a file or link…',
      onSelect: () => openOverlay(desk, { kind: 'why', itemKey: key, attach: true }),
    },
    {
      label: 'Evidence and history',
      kbd: 'e',
      onSelect: () => openOverlay(desk, { kind: 'why', itemKey: key }),
    },
    { label: 'Copy link', onSelect: () => void copyLink(key) },
  ]
  return entries.filter((entry) => entry !== false)
}

async function copyLink(key: string): Promise<void> {
  const { origin, pathname } = window.location
  await navigator.clipboard
    .writeText(`${origin}${pathname}#item-${encodeURIComponent(key)}`)
    .catch(() => undefined)
}
