'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import { useCommand } from '#components/use-command.ts'
import { ACCOUNT_ROLE_WORDS } from '#lib/shared/words.ts'
import { revokeInvitationAction } from '#lib/teams/actions.ts'
import type { InvitationRow } from '#lib/teams/read/members.ts'

/** Links that were made and not used yet. */
export function InvitationList({ team, invitations }: { team: string; invitations: InvitationRow[] }) {
  const router = useRouter()
  const { send, pending, refusal, clear } = useCommand(revokeInvitationAction, 'Revoking')
  const [chosen, setChosen] = useState<InvitationRow | null>(null)

  function close() {
    setChosen(null)
    clear()
  }
  async function revoke() {
    if (!chosen) return
    const answer = await send({ team, invitationId: chosen.invitationId })
    if (answer?.ok) close()
    router.refresh()
  }

  return (
    <>
      <ul className="m-0 grid list-none divide-y divide-hair p-0">
        {invitations.map((invitation) => (
          <li key={invitation.invitationId} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
            <div className="min-w-0 flex-1 basis-56">
              <p className="m-0 font-strong break-words">{invitation.name}</p>
              <p className="m-0 text-sm break-all text-soft">{invitation.email}</p>
            </div>
            <div className="flex flex-wrap gap-1.5">
              <Tag tone="accent">{ACCOUNT_ROLE_WORDS[invitation.accountRole]}</Tag>
              {invitation.roles.map((role) => (
                <Tag key={role}>{role}</Tag>
              ))}
            </div>
            <p className="m-0 text-sm text-faint">
              by {invitation.invitedBy}, {invitation.isExpired ? 'expired ' : 'works until '}
              <Time at={invitation.expiresAt} show="minute" />
            </p>
            <Button
              size="sm"
              onClick={() => setChosen(invitation)}
              aria-label={`Revoke the invitation of ${invitation.name}`}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {chosen ? (
        <ConfirmDialog
          title={`Revoke the invitation of ${chosen.name}?`}
          confirmLabel="Revoke invitation"
          danger
          pending={pending}
          error={refusal?.message}
          onConfirm={revoke}
          onClose={close}
        >
          <p className="m-0">The link stops working at once. You can make a new one at any time.</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
