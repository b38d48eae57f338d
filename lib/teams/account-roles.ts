import type { AccountRole } from '#lib/shared/codes.ts'
import { mayHoldSignoffRoles } from './roster.ts'

/** What each account role is for, in the words of the members page. */
const PURPOSE: Record<AccountRole, string> = {
  owner: 'Everything, other owners included.',
  admin: 'Manages people, services and policies, and works on runs.',
  member: 'Opens runs, ticks, probes, deploys; signs with a sign-off role.',
  manager: 'Reads everything. Holds no sign-off role.',
  auditor: 'Reads and exports everything. Holds no sign-off role.',
}

export type AccountRoleOption = { role: AccountRole; purpose: string; holdsSignoffRoles: boolean }

/** The account roles in the order of the choice, each with its purpose. */
export function accountRoleOptions(roles: readonly AccountRole[]): AccountRoleOption[] {
  return roles.map((role) => ({ role, purpose: PURPOSE[role], holdsSignoffRoles: mayHoldSignoffRoles(role) }))
}
