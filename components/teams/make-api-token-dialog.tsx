'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { asTexts } from '#components/drafts/as-typed.ts'
import { draftFields } from '#components/drafts/draft-fields.ts'
import { useDraft } from '#components/drafts/use-draft.ts'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useCommand } from '#components/use-command.ts'
import { makeApiTokenAction } from '#lib/teams/actions.ts'
import { TOKEN_DAYS } from '#lib/teams/new-token.ts'
import type { ApiTokensView } from '#lib/teams/read/api-tokens.ts'
import { TokenReady } from './token-ready.tsx'

type Props = { team: string; view: ApiTokensView; onClose: () => void }

const LABELS = { name: 'Name', days: 'Works for' }
const USUAL_DAYS = 90
const EMPTY = { name: '', days: String(USUAL_DAYS) }

/** A program's token, shown once together with the line that uses it. What is typed is kept until it is made. */
export function MakeApiTokenDialog({ team, view, onClose }: Props) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(makeApiTokenAction, 'An API token')
  const draft = useDraft(`api-token:${team}`, EMPTY, asTexts(EMPTY))
  const [made, setMade] = useState<{ token: string; expiresAt: string } | null>(null)

  async function submit() {
    const { name } = draft.value
    const days = TOKEN_DAYS.find((option) => option === Number(draft.value.days)) ?? USUAL_DAYS
    const answer = await send({ team, name, days, scopes: ['templates:write'] })
    if (!answer?.ok) return
    draft.clear()
    setMade(answer.value.value)
    router.refresh()
  }

  if (made) {
    return (
      <TokenReady made={made} onClose={onClose}>
        <CodeBlock code={view.line} label="The pipeline’s line" />
      </TokenReady>
    )
  }
  const field = draftFields({ draft, labels: LABELS, refusal })
  return (
    <FormDialog
      title="Make an API token"
      description="Lets a program publish templates of this team, in your name, and nothing else."
      onClose={onClose}
      submitLabel="Make the token"
      pending={pending}
      onSubmit={submit}
    >
      <FormErrors refusal={refusal} labels={LABELS} />
      <TextField
        {...field('name')}
        hint="Who uses it, such as checklist repository."
        autoComplete="off"
        required
      />
      <Select
        {...field('days')}
        options={view.days.map((days) => ({ value: String(days), label: `${days} days` }))}
      />
    </FormDialog>
  )
}
