import { describe, expect, it } from 'vitest'
import type { Actor } from '#lib/access/actor.ts'
import type { DecideContext } from '#lib/door/command.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { decideAcceptInvitation } from '#lib/teams/accept-invitation.ts'
import { accountRoleOptions } from '#lib/teams/account-roles.ts'
import { bornTeam } from '#lib/teams/born-team.ts'
import { decideChangeAccountRole } from '#lib/teams/change-account-role.ts'
import { decideChangeSignoffRoles } from '#lib/teams/change-signoff-roles.ts'
import { decideDeactivateMember } from '#lib/teams/deactivate-member.ts'
import { invitationState } from '#lib/teams/invitation.ts'
import { decideInviteMember } from '#lib/teams/invite-member.ts'
import { decideMakeResetLink } from '#lib/teams/make-reset-link.ts'
import { roleName, teamSlug } from '#lib/teams/names.ts'
import { isLastOwner, type MemberFacts, roleList } from '#lib/teams/roster.ts'

const now = new Date('2026-03-04T05:06:07Z')
let ids = 0
const person = (userId: string, more: object = {}) =>
  ({
    kind: 'person',
    userId,
    sessionIdHash: 'ab',
    name: 'Ada',
    email: 'ada@example.com',
    instanceAdmin: false,
    team: null,
    ...more,
  }) as unknown as Actor
const context = (actor: Actor = person('u-ada')): DecideContext => ({
  actor,
  now,
  seq: 0,
  newId: () => `id-${++ids}`,
  write: () => ({ textId: 't', hash: 'h' }),
})
const member = (more: Partial<MemberFacts> = {}): MemberFacts => ({
  id: 'm-bo',
  userId: 'u-bo',
  name: 'Bo',
  email: 'bo@example.com',
  accountRole: 'member',
  deactivated: false,
  roles: ['DevOps'],
  ...more,
})
const base = { stream: 's', teamId: 't' }
const codeOf = (decision: { kind: string; refusal?: { code: string } }) =>
  decision.refusal?.code ?? decision.kind

describe('names', () => {
  it('give a team its address, or say what is wrong with the field that was filled in', () => {
    expect(teamSlug({ name: 'Acmé Health!' })).toEqual({ slug: 'acme-health' })
    expect(teamSlug({ name: '健康' })).toMatchObject({ field: 'team' })
    expect(teamSlug({ name: 'Setup' })).toMatchObject({
      field: 'team',
      problem: expect.stringContaining('setup'),
    })
    expect(teamSlug({ name: 'Acme', slug: 'Not a slug' })).toMatchObject({ field: 'slug' })
  })

  it('of roles fit into a table’s cell', () => {
    expect(roleName.safeParse(' Data Protection ').data).toBe('Data Protection')
    for (const bad of ['', 'a|b', 'a\nb', 'x'.repeat(41)]) expect(roleName.safeParse(bad).success).toBe(false)
  })
})

describe('a team is born', () => {
  it('with four roles that the owner does not hold, all of it in its own stream', () => {
    const { born, opens } = bornTeam({
      name: 'A',
      slug: 'a',
      sample: true,
      owner: { userId: 'u', name: 'O' },
      now,
      newId: context().newId,
    })
    expect(born.roles.map((role) => role.name)).toEqual(['Developer', 'Reviewer', 'DevOps', 'Security'])
    expect(opens).toMatchObject({ id: born.team.streamId, kind: 'team', sample: true })
    expect(opens.entries.at(-1)).toMatchObject({
      action: 'team.member_joined',
      data: { accountRole: 'owner', roles: [] },
    })
  })
})

describe('the last owner', () => {
  it('is the active one, and stays', () => {
    const owner = member({ accountRole: 'owner' })
    expect(isLastOwner({ member: owner, owners: 1 })).toBe(true)
    expect(isLastOwner({ member: owner, owners: 2 })).toBe(false)
    expect(isLastOwner({ member: { ...owner, deactivated: true }, owners: 1 })).toBe(false)
    expect(
      codeOf(
        decideChangeAccountRole(
          { ...base, member: owner, owners: 1 },
          { from: 'owner', to: 'admin' },
          context(),
        ),
      ),
    ).toBe('last_owner')
    expect(codeOf(decideDeactivateMember({ ...base, member: owner, owners: 1 }, {}, context()))).toBe(
      'last_owner',
    )
  })
})

describe('roles', () => {
  it('fall with the account role that does not sign, and with no other', () => {
    const to = (role: 'manager' | 'auditor' | 'admin') =>
      decideChangeAccountRole(
        { ...base, member: member(), owners: 1 },
        { from: 'member', to: role },
        context(),
      )
    expect(to('manager')).toMatchObject({ change: { dropRoles: ['DevOps'] } })
    expect(to('auditor')).toMatchObject({ change: { dropRoles: ['DevOps'] } })
    expect(to('admin')).toMatchObject({ change: { dropRoles: [] } })
    expect(accountRoleOptions(['manager', 'auditor']).some((option) => option.holdsSignoffRoles)).toBe(false)
  })

  it('that are the same are no change and no line', () => {
    const facts = { ...base, member: member(), teamRoles: [{ id: 'r', name: 'DevOps' }] }
    expect(
      decideChangeSignoffRoles(facts, { from: ['DevOps'], to: ['DevOps', 'DevOps'] }, context()),
    ).toMatchObject({ kind: 'unchanged' })
    expect(codeOf(decideChangeSignoffRoles(facts, { from: [], to: [] }, context()))).toBe('lost_race')
  })

  it('keep the session only of who changes their own', () => {
    const facts = { ...base, member: member(), teamRoles: [{ id: 'r', name: 'DevOps' }] }
    const change = (actor: Actor) =>
      decideChangeSignoffRoles(facts, { from: ['DevOps'], to: [] }, context(actor))
    expect(change(person('u-bo'))).toMatchObject({ change: { keepSession: 'ab' } })
    expect(change(person('u-ada'))).toMatchObject({ change: { keepSession: null } })
  })

  it('are listed in words', () => {
    expect([roleList([]), roleList(['A']), roleList(['A', 'B', 'C'])]).toEqual(['no role', 'A', 'A, B and C'])
  })
})

describe('invitations', () => {
  const open = { acceptedAt: null, revokedAt: null, expiresAt: new Date(now.getTime() + 1) }
  it('work until the millisecond that they name', () => {
    expect(invitationState({ invitation: open, now })).toBe('open')
    expect(invitationState({ invitation: { ...open, expiresAt: now }, now })).toBe('expired')
    expect(
      invitationState({ invitation: { ...open, expiresAt: now, revokedAt: now, acceptedAt: now }, now }),
    ).toBe('accepted')
  })

  it('stop at the limit of a team', () => {
    const facts = {
      ...base,
      teamRoles: [],
      existing: null,
      hasOpenInvitation: false,
      people: LIMITS.membersPerTeam,
      secret: 's',
      tokenHash: new Uint8Array(1),
      emailHash: 'h',
      creator: 'm',
    }
    const input = { email: 'a@b.example', name: 'A', accountRole: 'member' as const, roles: [] }
    expect(codeOf(decideInviteMember(facts, input, context()))).toBe('team_full')
    expect(
      codeOf(decideInviteMember({ ...facts, people: LIMITS.membersPerTeam - 1 }, input, context())),
    ).toBe('changed')
  })

  it('never take over an account, whoever holds the link', () => {
    const facts = {
      ...base,
      invitation: {
        ...open,
        id: 'i',
        teamId: 't',
        email: 'bo@example.com',
        name: 'Bo',
        accountRole: 'member' as const,
        roles: [],
      },
      team: { slug: 'acme', roles: [] },
      account: { userId: 'u-bo', deactivated: false },
      membership: null,
      members: 1,
      passwordHash: 'hash',
    }
    const nobody = { kind: 'anonymous', ip: '192.0.2.1', team: null } as unknown as Actor
    expect(codeOf(decideAcceptInvitation(facts, { name: 'X' }, context(nobody)))).toBe('sign_in_first')
    expect(
      codeOf(decideAcceptInvitation(facts, {}, context(person('u-eve', { email: 'eve@example.com' })))),
    ).toBe('other_account')
    expect(
      decideAcceptInvitation(facts, {}, context(person('u-bo', { email: 'bo@example.com' }))),
    ).toMatchObject({ change: { users: [] } })
    expect(
      codeOf(
        decideAcceptInvitation(
          { ...facts, account: { userId: 'u-bo', deactivated: true } },
          { name: 'X' },
          context(nobody),
        ),
      ),
    ).toBe('deactivated')
  })
})

describe('password links', () => {
  const facts = {
    ...base,
    member: member(),
    instanceAdmin: false,
    elsewhere: [] as { accountRole: 'owner' | 'member'; actorRole: 'owner' | 'admin' | 'member' | null }[],
    secret: 's',
    tokenHash: new Uint8Array(1),
    creator: 'm',
  }
  it.each([
    [[], 'changed'],
    [[{ accountRole: 'member', actorRole: 'admin' }], 'changed'],
    [[{ accountRole: 'owner', actorRole: 'admin' }], 'forbidden'],
    [[{ accountRole: 'owner', actorRole: 'owner' }], 'changed'],
    [[{ accountRole: 'member', actorRole: null }], 'forbidden'],
    [[{ accountRole: 'member', actorRole: 'member' }], 'forbidden'],
  ] as const)('need the right in each of the person’s teams: %j → %s', (elsewhere, code) => {
    expect(codeOf(decideMakeResetLink({ ...facts, elsewhere: [...elsewhere] }, {}, context()))).toBe(code)
  })

  it('for the instance’s administrator need another one', () => {
    expect(codeOf(decideMakeResetLink({ ...facts, instanceAdmin: true }, {}, context()))).toBe('forbidden')
    expect(
      codeOf(
        decideMakeResetLink(
          { ...facts, instanceAdmin: true },
          {},
          context(person('u-ada', { instanceAdmin: true })),
        ),
      ),
    ).toBe('changed')
  })
})
