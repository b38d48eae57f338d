'use client'
import type { AccountRoleOption } from '#lib/teams/account-roles.ts'
import type { MemberView } from '#lib/teams/read/members.ts'
import { AccountRoleDialog } from './account-role-dialog.tsx'
import { DeactivateDialog } from './deactivate-dialog.tsx'
import { ReactivateDialog } from './reactivate-dialog.tsx'
import { ResetLinkDialog } from './reset-link-dialog.tsx'
import { SignoffRolesDialog } from './signoff-roles-dialog.tsx'

export type MemberAct = 'account_role' | 'signoff_roles' | 'reset_link' | 'deactivate' | 'reactivate'

type Props = {
  kind: MemberAct
  team: string
  member: MemberView
  accountRoles: AccountRoleOption[]
  signoffRoles: string[]
  onClose: () => void
}

export function MemberDialog({ kind, accountRoles, signoffRoles, ...rest }: Props) {
  switch (kind) {
    case 'account_role':
      return <AccountRoleDialog {...rest} accountRoles={accountRoles} />
    case 'signoff_roles':
      return <SignoffRolesDialog {...rest} signoffRoles={signoffRoles} />
    case 'reset_link':
      return <ResetLinkDialog {...rest} />
    case 'deactivate':
      return <DeactivateDialog {...rest} />
    case 'reactivate':
      return <ReactivateDialog {...rest} />
  }
}
