import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { PasswordField } from '#components/account/password-field.tsx'
import { asLine } from '#components/drafts/as-typed.ts'
import { useDraft } from '#components/drafts/use-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { Time } from '#components/ui/time.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { setSecretAction } from '#lib/services/actions.ts'
import type { SecretView } from '#lib/services/secrets.ts'

const LABELS = { name: 'Name', secret: 'Value' }
type Theirs = { by: string | null; at: string | null; version: number }

type Props = {
  team: string
  service: string
  environment: { slug: string; name: string }
  /** The one to be replaced; null for another one. */
  secret: SecretView | null
  onSaved: (value: string) => void
  onClose: () => void
}

/** Sets a secret or puts another value in its place. The value stays in this page: no draft holds it, and no answer gives it back. */
export function SecretDialog({ team, service, environment, secret, onSaved, onClose }: Props) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(setSecretAction, 'A secret')
  const draft = useDraft(`secret:${team}:${service}:${environment.slug}`, '', asLine)
  const [value, setValue] = useState('')
  const name = secret?.name ?? draft.value
  const theirs = refusal?.code === 'lost_race' ? (refusal.detail as Theirs) : null
  const fields = refusal?.fields ?? {}

  async function save(version: number) {
    const place = { team, service, environment: environment.slug }
    const answer = await send({ ...place, name: name.trim(), secret: value, version })
    if (!answer?.ok) return router.refresh()
    toast({ title: `${answer.value.value.name} is sealed`, tone: 'go' })
    if (!secret) draft.clear()
    onSaved(value)
    router.refresh()
  }

  return (
    <FormDialog
      title={secret ? `Replace ${secret.name}` : 'Add a secret'}
      description={`For probes of ${environment.name}. Nobody reads it again, here or in what probes saw.`}
      onClose={onClose}
      submitLabel={secret ? 'Replace it' : 'Add the secret'}
      pending={pending}
      onSubmit={() => void save(secret?.version ?? 0)}
    >
      {theirs ? (
        <Notice
          tone="warn"
          live
          title={refusal?.message}
          action={<Button onClick={() => void save(theirs.version)}>Save mine in its place</Button>}
        >
          {theirs.at ? (
            <>
              Set <Time at={theirs.at} show="second" />
            </>
          ) : null}
        </Notice>
      ) : (
        <FormErrors refusal={refusal} labels={LABELS} />
      )}
      {secret ? null : (
        <TextField
          name="name"
          label={LABELS.name}
          hint="Capital letters, digits and _: a checklist’s probes use it as ${NAME}."
          value={draft.value}
          onChange={(event) => draft.set(event.target.value)}
          error={fields.name}
          mono
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="characters"
          required
        />
      )}
      <PasswordField
        purpose="new"
        name="secret"
        label={LABELS.secret}
        hint="One line: a token, a password, or an address that holds one."
        value={value}
        onChange={(event) => setValue(event.target.value)}
        error={fields.secret}
        mono
        required
      />
    </FormDialog>
  )
}
