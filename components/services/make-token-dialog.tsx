'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { SecretOnce } from '#components/teams/secret-once.tsx'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { Time } from '#components/ui/time.tsx'
import { useCommand } from '#components/use-command.ts'
import { makeGateTokenAction } from '#lib/services/actions.ts'
import { GATE_TOKEN_DAYS } from '#lib/services/gate-token.ts'
import type { ServiceView } from '#lib/services/read.ts'

type Props = { team: string; service: ServiceView; onClose: () => void }
type Made = { token: string; expiresAt: string; line: string }

const LABELS = { name: 'Name', environment: 'Environment', days: 'Works for' }
const USUAL_DAYS = 90

/** A pipeline's token, shown once together with the line that uses it. */
export function MakeTokenDialog({ team, service, onClose }: Props) {
  const router = useRouter()
  const formId = useId()
  const { send, pending, refusal } = useCommand(makeGateTokenAction, 'A gate token')
  const [made, setMade] = useState<Made | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const environment = String(form.get('environment') ?? '') || null
    const days = GATE_TOKEN_DAYS.find((option) => option === Number(form.get('days'))) ?? USUAL_DAYS
    const answer = await send({
      team,
      service: service.slug,
      environment,
      name: String(form.get('name') ?? ''),
      days,
    })
    if (!answer?.ok) return
    const target = service.environments.find((one) => one.slug === environment) ?? service.environments.at(-1)
    setMade({ ...answer.value.value, line: target?.gateLine ?? '' })
    router.refresh()
  }

  if (made) {
    const done = (
      <Button variant="primary" onClick={onClose}>
        Done
      </Button>
    )
    return (
      <Dialog title="The token is ready" onClose={onClose} footer={done}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <SecretOnce
            title="Copy the token now: it is not shown again"
            secret={made.token}
            copyLabel="Copy token"
          >
            Put it into your pipeline’s secret store as COUNTERSIGN_TOKEN. It works until{' '}
            <Time at={made.expiresAt} show="date" />.
          </SecretOnce>
          <div>
            <p className="mt-0 mb-1.5">
              The step before your deployment. It ends with an error unless the answer is GO:
            </p>
            <CodeBlock code={made.line} label="The pipeline’s line" />
            <p className="mt-1.5 mb-0 text-sm text-soft">
              Add &amp;digest=sha256:… when your runs name the artifact that is deployed.
            </p>
          </div>
        </div>
      </Dialog>
    )
  }
  const fields = refusal?.fields ?? {}
  return (
    <Dialog
      title="Make a gate token"
      description={`Lets a pipeline ask whether ${service.name} may be deployed, and nothing else.`}
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
          hint="Who uses it, such as deploy pipeline."
          error={fields.name}
          autoComplete="off"
          required
        />
        <Select
          name="environment"
          label={LABELS.environment}
          error={fields.environment}
          defaultValue=""
          options={[
            { value: '', label: 'Every environment' },
            ...service.environments.map((environment) => ({
              value: environment.slug,
              label: environment.name,
            })),
          ]}
        />
        <Select
          name="days"
          label={LABELS.days}
          error={fields.days}
          defaultValue={String(USUAL_DAYS)}
          options={service.tokenDays.map((days) => ({ value: String(days), label: `${days} days` }))}
        />
      </form>
    </Dialog>
  )
}
