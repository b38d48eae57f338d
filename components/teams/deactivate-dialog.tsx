'use client'
import { useRouter } from 'next/navigation'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { paths } from '#lib/shared/paths.ts'
import { deactivateMemberAction } from '#lib/teams/actions.ts'
import type { MemberView } from '#lib/teams/read/members.ts'

type Props = { team: string; member: MemberView; onClose: () => void }

export function DeactivateDialog({ team, member, onClose }: Props) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(deactivateMemberAction, 'A deactivation')

  async function confirm() {
    const answer = await send({ team, memberId: member.memberId, confirmSelf: member.isSelf })
    if (!answer?.ok) return
    onClose()
    if (member.isSelf) return router.push(paths.signIn())
    toast({ title: `${member.name} is deactivated`, tone: 'info' })
    router.refresh()
  }

  return (
    <ConfirmDialog
      title={member.isSelf ? 'Deactivate yourself?' : `Deactivate ${member.name}?`}
      confirmLabel={member.isSelf ? 'Deactivate myself' : 'Deactivate'}
      danger
      pending={pending}
      error={refusal?.message}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className="mt-0">
        {member.isSelf
          ? 'This is you. You are signed out at once, and only another owner or admin can let you in again.'
          : `${member.name} is signed out at once and cannot come in again.`}
      </p>
      <p className="mb-0 text-soft">
        Everything done so far stays in the record. Signatures in runs that have not started become stale;
        later ones stand.
      </p>
    </ConfirmDialog>
  )
}
