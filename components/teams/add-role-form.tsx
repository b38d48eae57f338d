'use client'
import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'
import { asLine } from '#components/drafts/as-typed.ts'
import { useDraft } from '#components/drafts/use-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { addSignoffRoleAction } from '#lib/teams/actions.ts'

export function AddRoleForm({ team }: { team: string }) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(addSignoffRoleAction, 'A sign-off role')
  const draft = useDraft(`role:${team}`, '', asLine)
  const name = draft.value

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const answer = await send({ team, name })
    if (!answer?.ok) return
    toast({ title: `${answer.value.value.name} is a sign-off role now`, tone: 'go' })
    draft.clear()
    router.refresh()
  }

  return (
    <form onSubmit={submit} noValidate className="mt-4 flex flex-wrap items-start gap-2">
      <TextField
        name="name"
        label="A role of your own"
        hint="Spelled as in the sign-off table of your checklists, such as Data Protection."
        error={refusal ? (refusal.fields?.name ?? refusal.message) : undefined}
        value={name}
        onChange={(event) => draft.set(event.target.value)}
        autoComplete="off"
        className="min-w-0 flex-1 basis-56"
      />
      <Button type="submit" pending={pending} className="sm:mt-6">
        Add role
      </Button>
    </form>
  )
}
