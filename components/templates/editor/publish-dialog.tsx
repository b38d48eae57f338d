'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Refusal } from '#lib/shared/result.ts'
import { counted } from '#lib/shared/words.ts'
import type { Doubt } from './doubts.ts'
import { IdentityList } from './identity-list.tsx'

export type PublishPlan = { items: number; added: number; gone: number; doubts: Doubt[] }

/** The last look before a version is published for good: what changes, which items go on, and a note. */
export function PublishDialog({
  number,
  plan,
  note,
  pending,
  refusal,
  onNote,
  onPublish,
  onClose,
}: {
  number: number
  plan: PublishPlan
  note: string
  pending: boolean
  refusal: Refusal | null
  onNote: (note: string) => void
  onPublish: (identity: Record<string, string>) => void
  onClose: () => void
}) {
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set())
  const { items, added, gone, doubts } = plan
  const publish = () =>
    onPublish(
      Object.fromEntries(
        doubts.flatMap(({ key, earlierKey }) => (accepted.has(key) ? [[key, earlierKey]] : [])),
      ),
    )
  return (
    <Dialog
      title={`Publish version ${number}`}
      description={`${counted({ count: items, one: 'item' })}: ${added} new, ${gone} gone. Runs that are open keep their version.`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="publish-version" variant="primary" pending={pending}>
            Publish version {number}
          </Button>
        </>
      }
    >
      <form
        id="publish-version"
        noValidate
        aria-label="Publish"
        className="grid gap-4.5"
        onSubmit={(event) => {
          event.preventDefault()
          publish()
        }}
      >
        <FormErrors
          refusal={refusal}
          labels={{ note: 'What changed', source: 'Markdown', identity: 'Items' }}
        />
        <TextField
          name="note"
          label="What changed"
          optional
          hint={`Shown beside version ${number}`}
          maxLength={500}
          value={note}
          error={refusal?.fields?.note}
          onChange={(event) => onNote(event.target.value)}
          autoComplete="off"
        />
        <IdentityList doubts={doubts} accepted={accepted} onAccept={setAccepted} />
      </form>
    </Dialog>
  )
}
