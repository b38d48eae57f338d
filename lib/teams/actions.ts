'use server'
import { action } from '#lib/door/action.ts'
import { acceptInvitation } from './commands/accept-invitation.ts'
import { addSignoffRole } from './commands/add-signoff-role.ts'
import { changeAccountRole } from './commands/change-account-role.ts'
import { changeSignoffRoles } from './commands/change-signoff-roles.ts'
import { deactivateMember } from './commands/deactivate-member.ts'
import { inviteMember } from './commands/invite-member.ts'
import { makeApiToken } from './commands/make-api-token.ts'
import { makeResetLink } from './commands/make-reset-link.ts'
import { reactivateMember } from './commands/reactivate-member.ts'
import { revokeApiToken } from './commands/revoke-api-token.ts'
import { revokeInvitation } from './commands/revoke-invitation.ts'

export const inviteMemberAction = action(inviteMember)
export const revokeInvitationAction = action(revokeInvitation)
export const acceptInvitationAction = action(acceptInvitation)
export const changeAccountRoleAction = action(changeAccountRole)
export const changeSignoffRolesAction = action(changeSignoffRoles)
export const addSignoffRoleAction = action(addSignoffRole)
export const deactivateMemberAction = action(deactivateMember)
export const reactivateMemberAction = action(reactivateMember)
export const makeResetLinkAction = action(makeResetLink)
export const makeApiTokenAction = action(makeApiToken)
export const revokeApiTokenAction = action(revokeApiToken)
