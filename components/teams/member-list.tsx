'use client'
import { useState } from 'react'
import { TextField } from '#components/ui/text-field.tsx'
import type { AccountRoleOption } from '#lib/teams/account-roles.ts'
import type { MemberView } from '#lib/teams/read/members.ts'
import { type MemberAct, MemberDialog } from './member-dialog.tsx'
import { MemberRow } from './member-row.tsx'

const FILTER_FROM = 10

type Props = {
  team: string
  members: MemberView[]
  accountRoles: AccountRoleOption[]
  signoffRoles: string[]
}

/** Everybody of the team; the deactivated last. What the viewer may do to a person stands in that person's menu. */
export function MemberList({ team, members, accountRoles, signoffRoles }: Props) {
  const [text, setText] = useState('')
  const [act, setAct] = useState<{ kind: MemberAct; memberId: string } | null>(null)
  const wanted = text.trim().toLowerCase()
  const shown = members.filter((member) =>
    [member.name, member.email, member.accountRole, ...member.roles].some((word) =>
      word.toLowerCase().includes(wanted),
    ),
  )
  const chosen = act && members.find((member) => member.memberId === act.memberId)
  return (
    <>
      {members.length >= FILTER_FROM ? (
        <TextField
          name="filter"
          label="Find a person"
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="mb-3 max-w-xs"
        />
      ) : null}
      <ul className="m-0 grid list-none divide-y divide-hair p-0">
        {shown.map((member) => (
          <MemberRow
            key={member.memberId}
            member={member}
            onAct={(kind) => setAct({ kind, memberId: member.memberId })}
          />
        ))}
      </ul>
      {shown.length === 0 ? (
        <p className="m-0 text-soft">Nobody here has “{text}” in the name, address or roles.</p>
      ) : null}
      {act && chosen ? (
        <MemberDialog
          kind={act.kind}
          team={team}
          member={chosen}
          accountRoles={accountRoles}
          signoffRoles={signoffRoles}
          onClose={() => setAct(null)}
        />
      ) : null}
    </>
  )
}
