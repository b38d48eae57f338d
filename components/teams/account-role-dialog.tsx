'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { paths } from '#lib/shared/paths.ts'
import { ACCOUNT_ROLE_WORDS, capitalised } from '#lib/shared/words.ts'
import type { AccountRoleOption } from '#lib/teams/account-roles.ts'
import { changeAccountRoleAction } from '#lib/teams/actions.ts'
import type { MemberView } from '#lib/teams/read/members.ts'
import { roleList } from '#lib/teams/roster.ts'

type Props = { team: string; member: MemberView; accountRoles: AccountRoleOption[]; onClose: () => void }

/** Shows before the press what the change takes away. */
export function AccountRoleDialog({ team, member, accountRoles, onClose }: Props) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(changeAccountRoleAction, 'An account role')
  const [role, setRole] = useState(member.accountRole)
  const chosen = accountRoles.find((option) => option.role === role)
  const loses = chosen && !chosen.holdsSignoffRoles ? member.roles : []

  async function save() {
    const answer = await send({ team, memberId: member.memberId, from: member.accountRole, to: role })
    if (!answer?.ok) return
    onClose()
    if (member.isSelf) return router.push(paths.signIn(paths.team(team)))
    toast({ title: `${member.name} is ${ACCOUNT_ROLE_WORDS[role]} now`, tone: 'go' })
    router.refresh()
  }

  return (
    <Dialog
      title={`Account role of ${member.name}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={pending} disabled={role === member.accountRole} onClick={save}>
            Change account role
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <FormErrors refusal={refusal} />
        <RadioGroup
          name="accountRole"
          legend="Account role"
          hideLegend
          value={role}
          onChange={(value) => setRole(accountRoles.find((option) => option.role === value)?.role ?? role)}
          options={accountRoles.map((option) => ({
            value: option.role,
            label: capitalised(ACCOUNT_ROLE_WORDS[option.role]),
            hint: option.purpose,
          }))}
        />
        {loses.length > 0 ? (
          <Notice
            tone="warn"
            live
            title={`${member.name} loses the sign-off ${loses.length === 1 ? 'role' : 'roles'} ${roleList(loses)}`}
          >
            Signatures made with {loses.length === 1 ? 'it' : 'them'} in runs that have not started become
            stale.
          </Notice>
        ) : null}
        <p className="m-0 text-sm text-soft">
          {member.isSelf
            ? 'You are signed out at once and sign in again with the new role.'
            : `${member.name} is signed out at once.`}
        </p>
      </div>
    </Dialog>
  )
}
