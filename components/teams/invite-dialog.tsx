'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { asTexts } from '#components/drafts/as-typed.ts'
import { draftFields } from '#components/drafts/draft-fields.ts'
import { useDraft } from '#components/drafts/use-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FieldError } from '#components/ui/field-error.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { Time } from '#components/ui/time.tsx'
import { useCommand } from '#components/use-command.ts'
import { paths } from '#lib/shared/paths.ts'
import { ACCOUNT_ROLE_WORDS, capitalised } from '#lib/shared/words.ts'
import type { AccountRoleOption } from '#lib/teams/account-roles.ts'
import { inviteMemberAction } from '#lib/teams/actions.ts'
import { SecretOnce } from './secret-once.tsx'

type Props = { team: string; accountRoles: AccountRoleOption[]; signoffRoles: string[]; onClose: () => void }
type Made = { name: string; token: string; expiresAt: string }

const LABELS = { name: 'Name', email: 'E-mail', accountRole: 'Account role', roles: 'Signs as' }
const USUAL = 'member'

const NOBODY = { name: '', email: '' }

/** Makes a link for one person. What is typed is kept as a draft until the link is made. */
export function InviteDialog({ team, accountRoles, signoffRoles, onClose }: Props) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(inviteMemberAction, 'An invitation')
  const draft = useDraft(`invite:${team}`, NOBODY, asTexts(NOBODY))
  const [made, setMade] = useState<Made | null>(null)
  const [role, setRole] = useState<string>(
    accountRoles.find((option) => option.role === USUAL)?.role ?? accountRoles[0]?.role ?? USUAL,
  )
  const chosen = accountRoles.find((option) => option.role === role)

  async function submit(element: HTMLFormElement) {
    if (!chosen) return
    const form = new FormData(element)
    const { name, email } = draft.value
    const answer = await send({
      team,
      name,
      email,
      accountRole: chosen.role,
      roles: chosen.holdsSignoffRoles
        ? signoffRoles.filter((signoffRole) => form.get(`role-${signoffRole}`) === 'on')
        : [],
    })
    if (!answer?.ok) return
    draft.clear()
    setMade({ name, ...answer.value.value })
    router.refresh()
  }

  if (made) {
    const done = (
      <Button variant="primary" onClick={onClose}>
        Done
      </Button>
    )
    return (
      <Dialog title="The invitation is ready" onClose={onClose} footer={done}>
        <SecretOnce
          title="Copy the link now: it is not shown again"
          secret={`${location.origin}${paths.invite(made.token)}`}
          copyLabel="Copy link"
        >
          Send it to {made.name}. It works once, until <Time at={made.expiresAt} show="minute" />.
        </SecretOnce>
      </Dialog>
    )
  }
  const fields = refusal?.fields ?? {}
  const field = draftFields({ draft, labels: LABELS, refusal })
  return (
    <FormDialog
      title="Invite somebody"
      description="You get a link to send to this one person."
      onClose={onClose}
      submitLabel="Make the link"
      pending={pending}
      onSubmit={submit}
    >
      <FormErrors refusal={refusal} labels={LABELS} />
      <TextField {...field('name')} autoComplete="off" required />
      <TextField {...field('email')} type="email" autoComplete="off" required />
      <Select
        name="accountRole"
        label={LABELS.accountRole}
        hint={chosen?.purpose}
        error={fields.accountRole}
        value={role}
        onChange={(event) => setRole(event.target.value)}
        options={accountRoles.map((option) => ({
          value: option.role,
          label: capitalised(ACCOUNT_ROLE_WORDS[option.role]),
        }))}
      />
      {chosen?.holdsSignoffRoles ? (
        <fieldset id="f-roles" className="m-0 grid gap-2 border-0 p-0">
          <legend className="mb-1 text-sm font-strong">{LABELS.roles}</legend>
          {signoffRoles.map((signoffRole) => (
            <Checkbox key={signoffRole} name={`role-${signoffRole}`} label={signoffRole} />
          ))}
          <FieldError id="f-roles">{fields.roles}</FieldError>
        </fieldset>
      ) : null}
    </FormDialog>
  )
}
