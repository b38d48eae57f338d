'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { useHydrated } from '#components/ui/use-hydrated.ts'
import { resetPasswordAction } from '#lib/people/actions.ts'
import { PASSWORD_LENGTH } from '#lib/people/password.ts'
import { paths } from '#lib/shared/paths.ts'
import { PasswordField } from './password-field.tsx'
import { useFormAction } from './use-form-action.ts'

export function ResetPasswordForm({ token }: { token: string }) {
  const [password, setPassword] = useState('')
  const hydrated = useHydrated()
  const { pending, refusal, send } = useFormAction(resetPasswordAction)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (pending) return
    const result = await send({ token, password })
    if (result.ok) window.location.assign(paths.signIn(undefined, 'password_set'))
  }

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <FormErrors refusal={refusal} labels={{ password: 'New password' }} />
      <PasswordField
        name="password"
        label="New password"
        purpose="new"
        required
        hint={`At least ${PASSWORD_LENGTH.min} characters; a few unrelated words do well.`}
        value={password}
        error={refusal?.fields?.password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" variant="primary" size="lg" pending={pending} disabled={!hydrated}>
        {pending ? 'Setting…' : 'Set password'}
      </Button>
    </form>
  )
}
