'use client'
import { useState } from 'react'
import { Disclosure } from '#components/ui/disclosure.tsx'
import type { ItemView } from '#lib/runs/board.ts'
import { AttachForm } from './attach-form.tsx'
import { AttachmentRow } from './attachment-row.tsx'

/** The files and links behind an item, and the way to add one; `attach`: that way is open at first. */
export function Attachments({ item, attach }: { item: ItemView; attach: boolean }) {
  const [open, setOpen] = useState(attach)
  const { attachments, can, why } = item
  if (attachments.length === 0 && !can.attach) return null
  return (
    <section aria-label="Files and links" className="my-5 grid gap-3">
      {attachments.length > 0 ? (
        <ul className="m-0 grid list-none gap-3 p-0">
          {attachments.map((attachment) => (
            <AttachmentRow
              key={attachment.id}
              itemKey={item.key}
              attachment={attachment}
              mayChange={can.attach}
            />
          ))}
        </ul>
      ) : null}
      {can.attach ? (
        <Disclosure
          summary="Attach a file or a link"
          open={open}
          onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
        >
          {/* Not while it is closed: the panel would give the focus to a field that nobody sees. */}
          {open ? <AttachForm itemKey={item.key} /> : null}
        </Disclosure>
      ) : (
        <p className="m-0 text-sm text-soft">{why.attach}</p>
      )}
    </section>
  )
}
