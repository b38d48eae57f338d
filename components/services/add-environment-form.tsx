'use client'
import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'
import { asLine } from '#components/drafts/as-typed.ts'
import { useDraft } from '#components/drafts/use-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { addEnvironmentAction } from '#lib/services/actions.ts'

export function AddEnvironmentForm({ team, service }: { team: string; service: string }) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(addEnvironmentAction, 'An environment')
  const draft = useDraft(`environment:${team}:${service}`, '', asLine)
  const name = draft.value

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const answer = await send({ team, service, name })
    if (!answer?.ok) return
    toast({ title: `The environment ${name} is there`, tone: 'go' })
    draft.clear()
    router.refresh()
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-2">
      <TextField
        id="f-environment-name"
        name="name"
        label="Another environment"
        hint="Such as canary or eu-production. Each has its own variables and its own runs."
        error={refusal ? (refusal.fields?.name ?? refusal.message) : undefined}
        value={name}
        onChange={(event) => draft.set(event.target.value)}
        autoComplete="off"
        className="min-w-0 flex-1 basis-56"
      />
      <Button type="submit" pending={pending} className="sm:mt-6">
        Add environment
      </Button>
    </form>
  )
}
