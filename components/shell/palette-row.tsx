'use client'
import type { PaletteCommand } from './palette-command.ts'

/** One line of the palette. The text field keeps the focus; this is pointed at by `aria-activedescendant`. */
export function PaletteRow({
  id,
  command,
  selected,
  onPoint,
  onChoose,
}: {
  id: string
  command: PaletteCommand
  selected: boolean
  onPoint: () => void
  onChoose: () => void
}) {
  const events = { onPointerMove: onPoint, onClick: onChoose }
  return (
    <div
      {...events}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className="flex min-h-9 cursor-pointer items-center justify-between gap-4 rounded-md px-3 aria-selected:bg-hair aria-selected:shadow-[inset_3px_0_0_var(--accent)] pointer-coarse:min-h-11"
    >
      <span className="min-w-0 truncate">{command.label}</span>
      {command.group ? <span className="shrink-0 text-xs text-faint">{command.group}</span> : null}
    </div>
  )
}
