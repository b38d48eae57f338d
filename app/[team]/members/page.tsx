import type { Metadata } from 'next'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { AddRoleForm } from '#components/teams/add-role-form.tsx'
import { InvitationList } from '#components/teams/invitation-list.tsx'
import { InviteButton } from '#components/teams/invite-button.tsx'
import { MemberList } from '#components/teams/member-list.tsx'
import { SignoffRoles } from '#components/teams/signoff-roles.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { counted } from '#lib/shared/words.ts'
import { listMembers } from '#lib/teams/read/members.ts'

export const metadata: Metadata = { title: 'Members' }

export default async function MembersPage({ params }: { params: Promise<{ team: string }> }) {
  const actor = await requireMember((await params).team)
  const view = await listMembers(actor)
  const team = actor.team.slug
  const signoffRoles = view.signoffRoles.map((role) => role.name)
  const active = view.members.filter((member) => !member.deactivatedAt)
  return (
    <PageBody>
      <PageHead
        title="Members"
        lead="Who belongs to this team, what they may do, and as what they sign."
        actions={
          view.can.invite === true ? (
            <InviteButton team={team} accountRoles={view.accountRoles} signoffRoles={signoffRoles} />
          ) : null
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4.5 pb-10">
        <SectionCard
          title="People"
          note={`${counted({ count: active.length, one: 'member' })}, at most ${view.limit}`}
        >
          <MemberList
            team={team}
            members={view.members}
            accountRoles={view.accountRoles}
            signoffRoles={signoffRoles}
          />
          {view.members.length === 1 && view.invitations.length === 0 && view.can.invite === true ? (
            <p className="mt-3 mb-0 max-w-prose text-soft">
              You are alone here. A run is signed by different people: one person signs one slot. Invite the
              others, each with the roles they sign as.
            </p>
          ) : null}
          {view.can.invite === true ? null : (
            <p className="mt-3 mb-0 text-sm text-faint">
              You can read this and change nothing. {view.can.invite}
            </p>
          )}
        </SectionCard>
        {view.invitations.length > 0 ? (
          <SectionCard title="Invitations" note="links that nobody has used yet">
            <InvitationList team={team} invitations={view.invitations} />
          </SectionCard>
        ) : null}
        <SectionCard title="Sign-off roles" note="what a run can ask a signature of">
          <SignoffRoles roles={view.signoffRoles} />
          {view.can.addRole === true ? <AddRoleForm team={team} /> : null}
        </SectionCard>
      </div>
    </PageBody>
  )
}
