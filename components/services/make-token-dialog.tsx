'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { asTexts } from '#components/drafts/as-typed.ts'
import { draftFields } from '#components/drafts/draft-fields.ts'
import { useDraft } from '#components/drafts/use-draft.ts'
import { TokenReady } from '#components/teams/token-ready.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useCommand } from '#components/use-command.ts'
import { makeGateTokenAction } from '#lib/services/actions.ts'
import { GATE_TOKEN_SCOPES } from '#lib/services/gate-token.ts'
import type { ServiceView } from '#lib/services/read.ts'
import { TOKEN_DAYS } from '#lib/teams/new-token.ts'

type Props = { team: string; service: ServiceView; onClose: () => void }
type Made = { token: string; expiresAt: string; lines: string[] }

const LABELS = { name: 'Name', scopes: 'What it may do', environment: 'Opens', days: 'Works for' }
const MAY = [
  { value: 'gate', label: 'Ask the gate' },
  { value: 'evidence', label: 'Push evidence: reports and heartbeats' },
  { value: 'gate evidence', label: 'Ask the gate and push evidence' },
]
const USUAL_DAYS = 90
const EMPTY = { name: '', scopes: 'gate', environment: '', days: String(USUAL_DAYS) }

/** A pipeline's token, shown once together with the line that uses it. What is typed is kept until it is made. */
export function MakeTokenDialog({ team, service, onClose }: Props) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(makeGateTokenAction, 'A pipeline token')
  const draft = useDraft(`token:${team}:${service.slug}`, EMPTY, asTexts(EMPTY))
  const [made, setMade] = useState<Made | null>(null)

  async function submit() {
    const { name } = draft.value
    // An environment of the draft may have gone meanwhile.
    const target = service.environments.find((one) => one.slug === draft.value.environment)
    const days = TOKEN_DAYS.find((option) => option === Number(draft.value.days)) ?? USUAL_DAYS
    const environment = target?.slug ?? null
    const run =
      service.liveRuns.find(({ number }) => `#${number}` === draft.value.environment)?.number ?? null
    const scopes = GATE_TOKEN_SCOPES.filter((scope) => draft.value.scopes.split(' ').includes(scope))
    const answer = await send({ team, service: service.slug, environment, run, scopes, name, days })
    if (!answer?.ok) return
    draft.clear()
    const shown = target ?? service.environments.at(-1)
    const lines = { gate: shown?.gateLine, evidence: shown?.reportLine }
    setMade({ ...answer.value.value, lines: scopes.flatMap((scope) => lines[scope] ?? []) })
    router.refresh()
  }

  if (made) {
    return (
      <TokenReady made={made} onClose={onClose}>
        <div className="grid gap-3">
          {made.lines.map((line) => (
            <CodeBlock key={line} code={line} label="The pipeline’s line" />
          ))}
          <p className="m-0 text-sm text-soft">
            The gate’s line ends with an error unless the answer is GO; add &amp;digest=sha256:… when your
            runs name the artifact. A report’s line ends with an error unless the report was taken.
          </p>
        </div>
      </TokenReady>
    )
  }
  const field = draftFields({ draft, labels: LABELS, refusal })
  return (
    <FormDialog
      title="Make a pipeline token"
      description={`Lets a pipeline ask whether ${service.name} may be deployed or push what it has seen of it, and nothing else.`}
      onClose={onClose}
      submitLabel="Make the token"
      pending={pending}
      onSubmit={submit}
    >
      <FormErrors refusal={refusal} labels={LABELS} />
      <TextField
        {...field('name')}
        hint="Who uses it, such as deploy pipeline."
        autoComplete="off"
        required
      />
      <Select {...field('scopes')} options={MAY} />
      <Select
        {...field('environment')}
        options={[
          { value: '', label: 'Every environment' },
          ...service.environments.map((environment) => ({
            value: environment.slug,
            label: environment.name,
          })),
          ...service.liveRuns.map(({ number, environment }) => ({
            value: `#${number}`,
            label: `Run #${number} alone (${environment})`,
          })),
        ]}
      />
      <Select
        {...field('days')}
        options={service.tokenDays.map((days) => ({ value: String(days), label: `${days} days` }))}
      />
    </FormDialog>
  )
}
