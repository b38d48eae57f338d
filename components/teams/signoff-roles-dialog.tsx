'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { changeSignoffRolesAction } from '#lib/teams/actions.ts'
import type { MemberView } from '#lib/teams/read/members.ts'
import { isSameSet, roleList } from '#lib/teams/roster.ts'

type Props = { team: string; member: MemberView; signoffRoles: string[]; onClose: () => void }

export function SignoffRolesDialog({ team, member, signoffRoles, onClose }: Props) {
  const router = useRouter()
  const { send, pending, refusal } = useCommand(changeSignoffRolesAction, 'Sign-off roles')
  const [held, setHeld] = useState(member.roles)
  const lost = member.roles.filter((role) => !held.includes(role))

  async function save() {
    const answer = await send({ team, memberId: member.memberId, from: member.roles, to: held })
    if (!answer?.ok) return
    onClose()
    toast({ title: `${member.name} signs as ${roleList(answer.value.value.roles)}`, tone: 'go' })
    router.refresh()
  }

  return (
    <Dialog
      title={`Sign-off roles of ${member.name}`}
      description="The slots of a run that this person may sign. One person signs one slot of a run."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={pending} disabled={isSameSet(held, member.roles)} onClick={save}>
            Save sign-off roles
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <FormErrors refusal={refusal} />
        {signoffRoles.map((role) => (
          <Checkbox
            key={role}
            name={`role-${role}`}
            label={role}
            checked={held.includes(role)}
            onChange={(event) =>
              setHeld(event.target.checked ? [...held, role] : held.filter((other) => other !== role))
            }
          />
        ))}
        <p className="m-0 text-sm text-soft" role="status">
          {lost.length > 0
            ? `Signatures as ${roleList(lost)} in runs that have not started become stale. `
            : ''}
          {member.isSelf
            ? 'Your other browsers are signed out; this one stays.'
            : `${member.name} is signed out at once.`}
        </p>
      </div>
    </Dialog>
  )
}
