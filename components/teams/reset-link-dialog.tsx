'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Time } from '#components/ui/time.tsx'
import { useCommand } from '#components/use-command.ts'
import { paths } from '#lib/shared/paths.ts'
import { makeResetLinkAction } from '#lib/teams/actions.ts'
import type { MemberView } from '#lib/teams/read/members.ts'
import { SecretOnce } from './secret-once.tsx'

type Props = { team: string; member: MemberView; onClose: () => void }

export function ResetLinkDialog({ team, member, onClose }: Props) {
  const { send, pending, refusal } = useCommand(makeResetLinkAction, 'A password link')
  const [made, setMade] = useState<{ token: string; expiresAt: string } | null>(null)

  async function make() {
    const answer = await send({ team, memberId: member.memberId })
    if (answer?.ok) setMade(answer.value.value)
  }

  return (
    <Dialog
      title={`Password link for ${member.name}`}
      onClose={onClose}
      footer={
        made ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" pending={pending} onClick={make}>
              Make the link
            </Button>
          </>
        )
      }
    >
      <FormErrors refusal={refusal} className="mb-3" />
      {made ? (
        <SecretOnce
          title="Copy the link now: it is not shown again"
          secret={`${location.origin}${paths.reset(made.token)}`}
          copyLabel="Copy link"
        >
          Give it to {member.name} yourself, in person or over a channel you trust. It works once, until{' '}
          <Time at={made.expiresAt} show="minute" />.
        </SecretOnce>
      ) : (
        <p className="m-0">
          For somebody who forgot the password. Whoever opens the link sets a new one, and {member.name} is
          signed out everywhere. An earlier link stops working. That you made it is recorded.
        </p>
      )}
    </Dialog>
  )
}
