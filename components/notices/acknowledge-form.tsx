'use client'
import { type FormEvent, useState } from 'react'
import { useFormAction } from '#components/account/use-form-action.ts'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.ts'
import { Utc } from '#components/ui/utc.tsx'
import { acknowledgeNoticeAction } from '#lib/notify/actions.ts'

/** The deliberate press: opening the page does nothing. `as`: who acknowledges, where that is known. */
export function AcknowledgeForm({ token, as }: { token: string; as: string | null }) {
  const [name, setName] = useState('')
  const [said, setSaid] = useState<{ name: string; at: number } | null>(null)
  const hydrated = useHydrated()
  const { pending, refusal, send } = useFormAction(acknowledgeNoticeAction)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (pending) return
    const result = await send({ token, name: as === null ? name : null })
    if (result.ok) setSaid(result.value.value)
  }

  if (said)
    return (
      <Notice tone="go" live title={`Thank you, ${said.name}. It is recorded.`}>
        Acknowledged at <Utc at={new Date(said.at)} show="minute" />. You can close this page.
      </Notice>
    )
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <p className="m-0 text-soft">
        Press the button to say so. Opening this page has not recorded anything.
      </p>
      <FormErrors refusal={refusal} labels={{ name: 'Your name' }} />
      {as === null ? (
        <TextField
          name="name"
          label="Your name"
          hint="The record says who acknowledged."
          autoComplete="name"
          maxLength={100}
          error={refusal?.fields?.name}
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
        />
      ) : (
        <p className="m-0">
          You acknowledge as <b className="font-strong">{as}</b>.
        </p>
      )}
      <Button type="submit" variant="primary" size="lg" pending={pending} disabled={!hydrated}>
        {pending ? 'Recording…' : 'I acknowledge'}
      </Button>
    </form>
  )
}
