import { Avatar } from '#components/ui/avatar.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import { ACCOUNT_ROLE_WORDS } from '#lib/shared/words.ts'
import type { MemberView } from '#lib/teams/read/members.ts'
import type { MemberAct } from './member-dialog.tsx'

function actsOf(member: MemberView): { kind: MemberAct; label: string; danger?: boolean }[] {
  const { can } = member
  if (member.deactivatedAt)
    return can.reactivate === true ? [{ kind: 'reactivate', label: 'Reactivate' }] : []
  return [
    ...(can.changeAccountRole === true
      ? [{ kind: 'account_role' as const, label: 'Change account role' }]
      : []),
    ...(can.changeSignoffRoles === true
      ? [{ kind: 'signoff_roles' as const, label: 'Change sign-off roles' }]
      : []),
    ...(can.makeResetLink === true ? [{ kind: 'reset_link' as const, label: 'Make a password link' }] : []),
    ...(can.deactivate === true ? [{ kind: 'deactivate' as const, label: 'Deactivate', danger: true }] : []),
  ]
}

/** One person: who, what they are here, what they sign as, when last seen. */
export function MemberRow({ member, onAct }: { member: MemberView; onAct: (kind: MemberAct) => void }) {
  const acts = actsOf(member)
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-1 py-2.5 md:grid-cols-[auto_minmax(0,1.3fr)_minmax(0,1fr)_8rem_2.25rem] md:items-center">
      <Avatar name={member.name} />
      <div className="min-w-0">
        <p className="m-0 font-strong break-words">
          {member.name} {member.isSelf ? <span className="font-normal text-faint">(you)</span> : null}
        </p>
        <p className="m-0 text-sm break-all text-soft">{member.email}</p>
      </div>
      <div className="col-start-2 flex flex-wrap gap-1.5 md:col-start-3">
        <Tag tone="accent">{ACCOUNT_ROLE_WORDS[member.accountRole]}</Tag>
        {member.roles.map((role) => (
          <Tag key={role}>{role}</Tag>
        ))}
        {member.deactivatedAt ? <Tag tone="wait">deactivated</Tag> : null}
        {member.isOnlyOwner ? <span className="text-xs text-faint">only owner</span> : null}
      </div>
      <p className="col-start-2 m-0 text-sm text-faint md:col-start-4">
        {member.lastSeenAt ? (
          <>
            seen <Time at={member.lastSeenAt} show="relative" />
          </>
        ) : (
          'never signed in'
        )}
      </p>
      <div className="col-start-3 row-start-1 md:col-start-5">
        {acts.length > 0 ? (
          <Menu
            label={`What to do with ${member.name}`}
            items={acts.map((act) => ({ ...act, onSelect: () => onAct(act.kind) }))}
          />
        ) : null}
      </div>
    </li>
  )
}
