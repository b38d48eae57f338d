'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.ts'
import { PasswordField } from './password-field.tsx'
import { RetryCountdown } from './retry-countdown.tsx'
import { requestSignIn } from './sign-in-request.ts'
import { refusalWords } from './sign-in-words.ts'

type Refused = { message: string; retryAfterSeconds: number | null }

/** The fields are the browser's own, so that what is typed or filled in before the script runs counts and stays. */
export function SignInForm({ returnTo }: { returnTo: string }) {
  const hydrated = useHydrated()
  const [pending, setPending] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    if (pending) return
    const typed = new FormData(event.currentTarget)
    setPending(true)
    setRefused(null)
    const reply = await requestSignIn({
      email: String(typed.get('email')),
      password: String(typed.get('password')),
    })
    // A whole page load: nothing that the browser held for the person before may stay. The server never sees the
    // fragment of a deep link; the browser carried it along to this page.
    if (reply.ok)
      return window.location.assign(returnTo.includes('#') ? returnTo : returnTo + window.location.hash)
    setPending(false)
    setRefused({ message: refusalWords(reply), retryAfterSeconds: reply.retryAfterSeconds })
  }

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <FormErrors refusal={refused} />
      {refused?.retryAfterSeconds ? <RetryCountdown seconds={refused.retryAfterSeconds} /> : null}
      <TextField name="email" label="E-mail" type="email" autoComplete="username" required maxLength={254} />
      <PasswordField name="password" label="Password" purpose="current" required maxLength={1_000} />
      <Button type="submit" variant="primary" size="lg" pending={pending} disabled={!hydrated}>
        {pending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}
