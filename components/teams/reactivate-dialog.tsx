'use client'
import { useRouter } from 'next/navigation'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { ACCOUNT_ROLE_WORDS } from '#lib/shared/words.ts'
import { reactivateMemberAction } from '#lib/teams/actions.ts'
import type { MemberView } from '#lib/teams/read/members.ts'
import { roleList } from '#lib/teams/roster.ts'

type Props = { team: string; member: MemberView; onClose: () => void }

export function ReactivateDialog({ team, member, onClose }: Props) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(reactivateMemberAction, 'A reactivation')

  async function confirm() {
    const answer = await send({ team, memberId: member.memberId })
    if (!answer?.ok) return
    onClose()
    toast({ title: `${member.name} is a member again`, tone: 'go' })
    router.refresh()
  }

  return (
    <ConfirmDialog
      title={`Reactivate ${member.name}?`}
      confirmLabel="Reactivate"
      pending={pending}
      error={refusal?.message}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className="m-0">
        {member.name} comes back as {ACCOUNT_ROLE_WORDS[member.accountRole]}, signing as{' '}
        {roleList(member.roles)}, with the password as it was.
      </p>
    </ConfirmDialog>
  )
}
