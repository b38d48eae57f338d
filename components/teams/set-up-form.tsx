'use client'
import { type FormEvent, useState } from 'react'
import { PasswordField } from '#components/account/password-field.tsx'
import { draftFields } from '#components/drafts/draft-fields.ts'
import { useTabDraft } from '#components/drafts/use-tab-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Refusal } from '#lib/shared/result.ts'
import { slugify } from '#lib/shared/slug.ts'
import { SampleProgress } from './sample-progress.tsx'
import { type SetUpAnswer, sendSetUp } from './set-up-answer.ts'
import { SetUpDone } from './set-up-done.tsx'

const LABELS = { code: 'Set-up code', team: 'Team', name: 'Your name', email: 'E-mail', password: 'Password' }

const NOBODY = { team: '', name: '', email: '' }

/** The first visit: one page, one press. What was typed stays whatever the answer is, and across a reload. */
export function SetUpForm() {
  const [pending, setPending] = useState(false)
  const [sample, setSample] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [done, setDone] = useState<SetUpAnswer | null>(null)
  const draft = useTabDraft('set-up', NOBODY)
  const typed = draft.value
  if (done) return <SetUpDone answer={done} />

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '')
    setPending(true)
    const answer = await sendSetUp({
      code: text('code'),
      ...typed,
      password: text('password'),
      sample,
    })
    setPending(false)
    if ('refusal' in answer) return setRefusal(answer.refusal)
    draft.clear()
    setDone(answer.done)
  }

  const fields = refusal?.fields ?? {}
  const field = draftFields({ draft, labels: LABELS, refusal })
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormErrors refusal={refusal} labels={LABELS} />
      <TextField
        name="code"
        label={LABELS.code}
        hint="Printed in the console where Countersign was started. It works once."
        error={fields.code}
        autoComplete="off"
        spellCheck={false}
        mono
        required
      />
      <TextField
        {...field('team')}
        hint={`The people who deploy together. Its address will be /${slugify(typed.team) || '…'}`}
        autoComplete="organization"
        required
      />
      <TextField
        {...field('name')}
        hint="As it shall stand beside your ticks and signatures."
        autoComplete="name"
        required
      />
      <TextField {...field('email')} type="email" autoComplete="username" required />
      <PasswordField
        name="password"
        purpose="new"
        label={LABELS.password}
        hint="At least 12 characters. A few unrelated words make a good one."
        error={fields.password}
        required
      />
      <Checkbox
        name="sample"
        label="Load the sample team too"
        hint="A team of its own, marked SAMPLE on every record: a service, people for every role, a run in progress and a history to look around in."
        checked={sample}
        onChange={(event) => setSample(event.target.checked)}
      />
      <p className="m-0 text-sm text-soft">
        You become the owner. The team starts with the sign-off roles Developer, Reviewer, DevOps and
        Security, and you hold none of them: an owner manages, and signs only after taking a role under
        Members.
      </p>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Set up Countersign
      </Button>
      {pending && sample ? <SampleProgress /> : null}
    </form>
  )
}
