'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { Time } from '#components/ui/time.tsx'
import { useCommand } from '#components/use-command.ts'
import { makeApiTokenAction } from '#lib/teams/actions.ts'
import { API_TOKEN_DAYS } from '#lib/teams/api-token.ts'
import type { ApiTokensView } from '#lib/teams/read/api-tokens.ts'
import { SecretOnce } from './secret-once.tsx'

type Props = { team: string; view: ApiTokensView; onClose: () => void }

const LABELS = { name: 'Name', days: 'Works for' }
const USUAL_DAYS = 90

/** A program's token, shown once together with the line that uses it. */
export function MakeApiTokenDialog({ team, view, onClose }: Props) {
  const router = useRouter()
  const formId = useId()
  const { send, pending, refusal } = useCommand(makeApiTokenAction, 'An API token')
  const [made, setMade] = useState<{ token: string; expiresAt: string } | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const days = API_TOKEN_DAYS.find((option) => option === Number(form.get('days'))) ?? USUAL_DAYS
    const answer = await send({
      team,
      name: String(form.get('name') ?? ''),
      days,
      scopes: ['templates:write'],
    })
    if (!answer?.ok) return
    setMade(answer.value.value)
    router.refresh()
  }

  if (made) {
    return (
      <Dialog
        title="The token is ready"
        onClose={onClose}
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <SecretOnce
            title="Copy the token now: it is not shown again"
            secret={made.token}
            copyLabel="Copy token"
          >
            Put it into your pipeline’s secret store as COUNTERSIGN_TOKEN. It works until{' '}
            <Time at={made.expiresAt} show="date" />.
          </SecretOnce>
          <CodeBlock code={view.line} label="The pipeline’s line" />
        </div>
      </Dialog>
    )
  }
  const fields = refusal?.fields ?? {}
  return (
    <Dialog
      title="Make an API token"
      description="Lets a program publish templates of this team, in your name, and nothing else."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" pending={pending}>
            Make the token
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <FormErrors refusal={refusal} labels={LABELS} />
        <TextField
          name="name"
          label={LABELS.name}
          hint="Who uses it, such as checklist repository."
          error={fields.name}
          autoComplete="off"
          required
        />
        <Select
          name="days"
          label={LABELS.days}
          error={fields.days}
          defaultValue={String(USUAL_DAYS)}
          options={view.days.map((days) => ({ value: String(days), label: `${days} days` }))}
        />
      </form>
    </Dialog>
  )
}
