'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { asTexts } from '#components/drafts/as-typed.ts'
import { useDraft } from '#components/drafts/use-draft.ts'
import { TokenReady } from '#components/teams/token-ready.tsx'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useCommand } from '#components/use-command.ts'
import { makeGateTokenAction } from '#lib/services/actions.ts'
import { GATE_TOKEN_DAYS } from '#lib/services/gate-token.ts'
import type { ServiceView } from '#lib/services/read.ts'

type Props = { team: string; service: ServiceView; onClose: () => void }
type Made = { token: string; expiresAt: string; line: string }

const LABELS = { name: 'Name', environment: 'Environment', days: 'Works for' }
const USUAL_DAYS = 90
const EMPTY = { name: '', environment: '', days: String(USUAL_DAYS) }

/** A pipeline's token, shown once together with the line that uses it. What is typed is kept until it is made. */
export function MakeTokenDialog({ team, service, onClose }: Props) {
  const router = useRouter()
  const formId = useId()
  const { send, pending, refusal } = useCommand(makeGateTokenAction, 'A gate token')
  const draft = useDraft(`token:${team}:${service.slug}`, EMPTY, asTexts(EMPTY))
  const [made, setMade] = useState<Made | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const { name } = draft.value
    // An environment of the draft may have gone meanwhile.
    const target = service.environments.find((one) => one.slug === draft.value.environment)
    const days = GATE_TOKEN_DAYS.find((option) => option === Number(draft.value.days)) ?? USUAL_DAYS
    const environment = target?.slug ?? null
    const answer = await send({ team, service: service.slug, environment, name, days })
    if (!answer?.ok) return
    draft.clear()
    setMade({ ...answer.value.value, line: (target ?? service.environments.at(-1))?.gateLine ?? '' })
    router.refresh()
  }

  if (made) {
    return (
      <TokenReady made={made} onClose={onClose}>
        <div>
          <p className="mt-0 mb-1.5">
            The step before your deployment. It ends with an error unless the answer is GO:
          </p>
          <CodeBlock code={made.line} label="The pipeline’s line" />
          <p className="mt-1.5 mb-0 text-sm text-soft">
            Add &amp;digest=sha256:… when your runs name the artifact that is deployed.
          </p>
        </div>
      </TokenReady>
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
          value={draft.value.name}
          onChange={(event) => draft.set({ ...draft.value, name: event.target.value })}
          error={fields.name}
          autoComplete="off"
          required
        />
        <Select
          name="environment"
          label={LABELS.environment}
          error={fields.environment}
          value={draft.value.environment}
          onChange={(event) => draft.set({ ...draft.value, environment: event.target.value })}
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
          value={draft.value.days}
          onChange={(event) => draft.set({ ...draft.value, days: event.target.value })}
          options={service.tokenDays.map((days) => ({ value: String(days), label: `${days} days` }))}
        />
      </form>
    </Dialog>
  )
}
