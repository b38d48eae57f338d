'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { useCommand } from '#components/use-command.ts'
import { archiveTemplateAction } from '#lib/templates/actions.ts'

/** Takes a template off the list of what runs are opened of, after asking. */
export function ArchiveButton({ team, template, name }: { team: string; template: string; name: string }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const { send, pending, refusal } = useCommand(archiveTemplateAction, 'A template')

  async function archive() {
    const answer = await send({ team, template })
    if (!answer?.ok) return
    setOpen(false)
    router.refresh()
  }

  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        Archive…
      </Button>
      {open ? (
        <ConfirmDialog
          title={`Archive ${name}?`}
          confirmLabel="Archive"
          danger
          pending={pending}
          error={refusal?.message}
          onConfirm={archive}
          onClose={() => setOpen(false)}
        >
          No new run can be opened of it until somebody brings it back. Its versions and its runs stay as they
          are.
        </ConfirmDialog>
      ) : null}
    </>
  )
}
