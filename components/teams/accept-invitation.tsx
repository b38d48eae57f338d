'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { PasswordField } from '#components/account/password-field.tsx'
import { useTabDraft } from '#components/drafts/use-tab-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useCommand } from '#components/use-command.ts'
import { paths } from '#lib/shared/paths.ts'
import { acceptInvitationAction } from '#lib/teams/actions.ts'

type Props = { token: string; name: string; isNew: boolean; team: { slug: string; name: string } }

/** One press for whoever has an account; a name and a password for somebody new. */
export function AcceptInvitation({ token, name, isNew, team }: Props) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(acceptInvitationAction, 'Joining')
  // Under the team, not the token: the link itself must not lie about in the browser.
  const draft = useTabDraft(`join:${team.slug}`, { name })
  const [joined, setJoined] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password') ?? '')
    const answer = await send(isNew ? { token, name: draft.value.name, password } : { token })
    if (!answer?.ok) return
    draft.clear()
    if (isNew) setJoined(true)
    else router.push(paths.team(team.slug))
  }

  if (joined) {
    return (
      <Notice tone="go" live title={`You are a member of ${team.name}`}>
        <p className="mt-0">Sign in with the password you just chose.</p>
        <LinkButton href={paths.signIn(paths.team(team.slug))} variant="primary">
          Sign in
        </LinkButton>
      </Notice>
    )
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormErrors refusal={refusal} labels={{ name: 'Your name', password: 'Password' }} />
      {isNew ? (
        <>
          <TextField
            name="name"
            label="Your name"
            hint="As it shall stand beside your ticks and signatures."
            error={refusal?.fields?.name}
            autoComplete="name"
            value={draft.value.name}
            onChange={(event) => draft.set({ name: event.target.value })}
            required
          />
          <PasswordField
            name="password"
            purpose="new"
            label="Password"
            hint="At least 12 characters. A few unrelated words make a good one."
            error={refusal?.fields?.password}
            required
          />
        </>
      ) : null}
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Join {team.name}
      </Button>
    </form>
  )
}
