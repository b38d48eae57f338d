'use client'
import { memo } from 'react'
import type { TemplateModel } from '#lib/templates/model.ts'
import { ChecklistPreview } from '../checklist-preview.tsx'

const Checklist = memo(ChecklistPreview)

/** The board as the text would make it. */
export function BoardPreview({ model: shown, behind }: { model: TemplateModel | null; behind: boolean }) {
  if (shown === null) return <p className="m-0 text-soft">Reading the text…</p>
  return (
    <div aria-busy={behind}>
      {shown.items.length === 0 ? (
        <p className="m-0 text-soft">No item yet. An item is a line like “- [ ] All tests pass”.</p>
      ) : null}
      <Checklist model={shown} />
    </div>
  )
}
