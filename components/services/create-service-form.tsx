'use client'
import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'
import { asLine } from '#components/drafts/as-typed.ts'
import { useDraft } from '#components/drafts/use-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useCommand } from '#components/use-command.ts'
import { createServiceAction } from '#lib/services/actions.ts'
import { paths } from '#lib/shared/paths.ts'
import { slugify } from '#lib/shared/slug.ts'

/** Leads to the new service, where its environments wait to be filled in. */
export function CreateServiceForm({ team }: { team: string }) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(createServiceAction, 'A service')
  const draft = useDraft(`service:${team}`, '', asLine)
  const name = draft.value

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const answer = await send({ team, name })
    if (!answer?.ok) return
    draft.clear()
    router.push(paths.service({ team, service: answer.value.value.slug }))
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-2">
      <TextField
        name="name"
        label="Name of the service"
        hint={`What gets deployed, such as upstream-web. Pipelines know it as ${slugify(name) || '…'}; that never changes.`}
        error={refusal ? (refusal.fields?.name ?? refusal.message) : undefined}
        value={name}
        onChange={(event) => draft.set(event.target.value)}
        autoComplete="off"
        className="min-w-0 flex-1 basis-64"
      />
      <Button type="submit" variant="primary" pending={pending} className="sm:mt-6">
        Create service
      </Button>
    </form>
  )
}
