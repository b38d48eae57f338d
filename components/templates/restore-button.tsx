'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { paths } from '#lib/shared/paths.ts'
import { restoreTemplateAction } from '#lib/templates/actions.ts'

/** Publishes an old version's text again as the next version. */
export function RestoreButton({
  team,
  template,
  number,
  latest,
}: {
  team: string
  template: string
  number: number
  latest: number
}) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState(`Restores version ${number}`)
  const { send, pending, refusal } = useCommand(restoreTemplateAction, 'A version')

  async function restore(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const answer = await send({ team, template, number, basedOn: latest, note })
    if (!answer?.ok) return
    const { number: now, created } = answer.value.value
    setOpen(false)
    toast({
      title: created
        ? `Version ${now} is version ${number} again`
        : `Version ${now} has the same text already`,
      tone: created ? 'go' : 'info',
    })
    router.push(paths.templateVersion({ team, template, number: now }))
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>Restore…</Button>
      {open ? (
        <Dialog
          title={`Restore version ${number}`}
          description={`Its text is published again, as version ${latest + 1}. Version ${latest} stays as it is.`}
          size="sm"
          onClose={() => setOpen(false)}
          footer={
            <>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <Button type="submit" form="restore-version" variant="primary" pending={pending}>
                Restore as version {latest + 1}
              </Button>
            </>
          }
        >
          <form
            id="restore-version"
            noValidate
            aria-label="Restore"
            className="grid gap-3"
            onSubmit={restore}
          >
            <FormErrors refusal={refusal} labels={{ note: 'What changed' }} />
            <TextField
              name="note"
              label="What changed"
              maxLength={500}
              value={note}
              error={refusal?.fields?.note}
              onChange={(event) => setNote(event.target.value)}
              autoComplete="off"
            />
          </form>
        </Dialog>
      ) : null}
    </>
  )
}
