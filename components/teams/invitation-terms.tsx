import { Facts } from '#components/ui/facts.tsx'
import { Time } from '#components/ui/time.tsx'
import type { AccountRole } from '#lib/shared/codes.ts'
import { ACCOUNT_ROLE_WORDS, capitalised } from '#lib/shared/words.ts'
import { accountRoleOptions } from '#lib/teams/account-roles.ts'
import { roleList } from '#lib/teams/roster.ts'

/** As what somebody is invited, before they say yes. */
export function InvitationTerms({
  invitation,
}: {
  invitation: { email: string; accountRole: AccountRole; roles: string[]; expiresAt: string }
}) {
  const [option] = accountRoleOptions([invitation.accountRole])
  return (
    <Facts
      layout="list"
      items={[
        { term: 'E-mail', value: invitation.email },
        {
          term: 'Account role',
          value: `${capitalised(ACCOUNT_ROLE_WORDS[invitation.accountRole])}. ${option?.purpose ?? ''}`,
        },
        { term: 'Signs as', value: roleList(invitation.roles) },
        { term: 'Link works until', value: <Time at={invitation.expiresAt} show="minute" /> },
      ]}
    />
  )
}
