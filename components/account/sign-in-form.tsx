'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { PasswordField } from './password-field.tsx'
import { RetryCountdown } from './retry-countdown.tsx'
import { requestSignIn } from './sign-in-request.ts'
import { refusalWords } from './sign-in-words.ts'

type Refused = { message: string; retryAfterSeconds: number | null }

export function SignInForm({ returnTo }: { returnTo: string }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [pending, setPending] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (pending) return
    setPending(true)
    setRefused(null)
    const reply = await requestSignIn({ email, password })
    // A whole page load: nothing that the browser held for the person before may stay.
    if (reply.ok) return window.location.assign(returnTo)
    setPending(false)
    setPassword('')
    setRefused({ message: refusalWords(reply), retryAfterSeconds: reply.retryAfterSeconds })
  }

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <FormErrors refusal={refused} />
      {refused?.retryAfterSeconds ? <RetryCountdown seconds={refused.retryAfterSeconds} /> : null}
      <TextField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        name="password"
        label="Password"
        purpose="current"
        required
        maxLength={1_000}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {pending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}
