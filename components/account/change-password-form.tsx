'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useHydrated } from '#components/ui/use-hydrated.ts'
import { changePasswordAction } from '#lib/people/actions.ts'
import { PASSWORD_LENGTH } from '#lib/people/password.ts'
import { PasswordField } from './password-field.tsx'
import { useFormAction } from './use-form-action.ts'

export function ChangePasswordForm({ email }: { email: string }) {
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const hydrated = useHydrated()
  const { pending, refusal, send } = useFormAction(changePasswordAction)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (pending) return
    const result = await send({ currentPassword, newPassword })
    if (!result.ok) return
    setCurrent('')
    setNew('')
    toast({ tone: 'go', title: 'Your password is changed', body: 'Your other sessions are ended.' })
  }

  return (
    <form method="post" onSubmit={submit} className="grid max-w-sm gap-4">
      <FormErrors
        refusal={refusal}
        labels={{ currentPassword: 'Password now', newPassword: 'New password' }}
      />
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        name="currentPassword"
        label="Password now"
        purpose="current"
        required
        value={currentPassword}
        error={refusal?.fields?.currentPassword}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <PasswordField
        name="newPassword"
        label="New password"
        purpose="new"
        required
        hint={`At least ${PASSWORD_LENGTH.min} characters; a few unrelated words do well. Your other sessions end.`}
        value={newPassword}
        error={refusal?.fields?.newPassword}
        onChange={(event) => setNew(event.target.value)}
      />
      <div>
        <Button type="submit" pending={pending} disabled={!hydrated}>
          {pending ? 'Changing…' : 'Change password'}
        </Button>
      </div>
    </form>
  )
}
