'use client'
import { useRouter } from 'next/navigation'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { unarchiveTemplateAction } from '#lib/templates/actions.ts'

/** Puts a template back on the list of what runs are opened of. Archiving is its undo, so nothing is asked. */
export function UnarchiveButton({ team, template, name }: { team: string; template: string; name: string }) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(unarchiveTemplateAction, 'A template')

  async function unarchive() {
    const answer = await send({ team, template })
    if (!answer?.ok) return
    toast({ title: `${name} is back: runs can be opened of it`, tone: 'go' })
    router.refresh()
  }

  return (
    <>
      <Button onClick={unarchive} pending={pending}>
        Bring back
      </Button>
      {refusal ? (
        <p role="alert" className="m-0 text-no">
          {refusal.message}
        </p>
      ) : null}
    </>
  )
}
