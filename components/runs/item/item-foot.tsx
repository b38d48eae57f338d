'use client'
import { X } from 'lucide-react'
import { IconButton } from '#components/ui/icon-button.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import { useDesk } from '../board/desk.ts'
import { useKeyed } from '../use-keyed.ts'
import { ItemEditor } from './item-editor.tsx'

const close = <X aria-hidden="true" className="size-4" />

/** What hangs under a row for a while: the words being typed, or why the last act was refused. */
export function ItemFoot({ item }: { item: ItemView }) {
  const desk = useDesk()
  const act = useKeyed(desk.editing, item.key)
  const refused = useKeyed(desk.refused, item.key)
  return (
    <>
      {refused ? (
        <div className="mt-1.5 flex items-start gap-2 rounded-md bg-warn-bg py-1 pr-1 pl-2.5 text-sm text-ink">
          <p className="m-0 min-w-0 flex-1 py-0.5">{refused}</p>
          <IconButton
            size="sm"
            label="Close this message"
            icon={close}
            onClick={() => desk.refused.set(item.key, undefined)}
          />
        </div>
      ) : null}
      {act ? <ItemEditor key={act} item={item} act={act} /> : null}
    </>
  )
}
