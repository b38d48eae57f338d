import { beforeAll, describe, expect, it } from 'vitest'
import { mintActor } from '#lib/auth/mint.ts'
import { db } from '#lib/server/db.ts'
import { verifyPassword } from '#lib/server/passwords.ts'
import { acceptInvitation } from '#lib/teams/commands/accept-invitation.ts'
import { inviteMember } from '#lib/teams/commands/invite-member.ts'
import { revokeInvitation } from '#lib/teams/commands/revoke-invitation.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import {
  act,
  addMember,
  codeOf,
  done,
  lastLine,
  linesOf,
  makePerson,
  makeTeam,
  nobody,
  signIn,
  type TestTeam,
} from './people.ts'

useTestDatabase()

let team: TestTeam
const PASSWORD = 'seven grey herons wade'
const invite = (email: string, more: object = {}) =>
  act(inviteMember, team.owner.principal, {
    team: team.slug,
    email,
    name: 'Bo Berg',
    accountRole: 'member',
    roles: ['DevOps'],
    ...more,
  })

beforeAll(async () => {
  team = await makeTeam()
})

describe('an invitation', () => {
  it('makes an account and a member with the roles chosen, once; the log knows no address', async () => {
    const { token } = await done(invite('Bo@Example.com'))
    const invited = await lastLine(team.streamId)
    expect(invited).toMatchObject({
      action: 'team.member_invited',
      data: { accountRole: 'member', roles: ['DevOps'] },
    })
    expect(JSON.stringify(invited)).not.toMatch(/bo@example\.com/i)

    const { memberId, newAccount } = await done(
      act(acceptInvitation, nobody(), { token, name: 'Bo Berg', password: PASSWORD }),
    )
    expect(newAccount).toBe(true)
    const member = await db().member.findUniqueOrThrow({ where: { id: memberId }, include: { user: true } })
    expect(member.user).toMatchObject({ email: 'bo@example.com', name: 'Bo Berg', instanceAdmin: false })
    expect(await verifyPassword({ hash: member.user.passwordHash, password: PASSWORD })).toBe(true)
    expect(await mintActor({ principal: await signIn(member.userId), team: team.slug })).toMatchObject({
      team: { accountRole: 'member', roles: ['DevOps'] },
    })
    expect((await linesOf(team.streamId)).slice(-2)).toMatchObject([
      { action: 'account.created' },
      { action: 'team.member_joined', data: { memberId, roles: ['DevOps'] } },
    ])
    expect(
      await codeOf(act(acceptInvitation, nobody(), { token, name: 'Mallory', password: PASSWORD })),
    ).toBe('invitation_accepted')
  })

  it('taken twice at the same moment makes one member', async () => {
    const { token } = await done(invite('cy@example.com'))
    const take = () => codeOf(act(acceptInvitation, nobody(), { token, name: 'Cy', password: PASSWORD }))
    const codes = await Promise.all([take(), take(), take()])
    expect(codes.toSorted()).toEqual(['invitation_accepted', 'invitation_accepted', 'ok'])
  })

  it('never sets the password of an account that exists: that person signs in and joins', async () => {
    const dana = await makePerson('Dana')
    const { token } = await done(invite(dana.email))
    expect(await codeOf(act(acceptInvitation, nobody(), { token, name: 'Dana', password: PASSWORD }))).toBe(
      'sign_in_first',
    )
    const stranger = await makePerson('Sam')
    expect(await codeOf(act(acceptInvitation, stranger.principal, { token }))).toBe('other_account')
    const joined = await done(act(acceptInvitation, dana.principal, { token }))
    expect(joined).toMatchObject({ newAccount: false, team: team.slug })
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'team.member_joined',
      actor: { name: 'Dana' },
    })
    expect(await db().user.findUniqueOrThrow({ where: { id: dana.userId } })).toMatchObject({
      passwordHash: 'none',
    })
  })

  it('that is over, withdrawn or none says so', async () => {
    const { invitationId, token } = await done(invite('el@example.com'))
    await done(act(revokeInvitation, team.owner.principal, { team: team.slug, invitationId }))
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'team.invitation_revoked',
      data: { invitationId },
    })
    expect(await codeOf(act(acceptInvitation, nobody(), { token, name: 'El', password: PASSWORD }))).toBe(
      'invitation_revoked',
    )

    const late = await done(invite('el@example.com'))
    await db().invitation.update({
      where: { id: late.invitationId },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    })
    expect(
      await codeOf(act(acceptInvitation, nobody(), { token: late.token, name: 'El', password: PASSWORD })),
    ).toBe('invitation_expired')
    expect(
      await codeOf(act(acceptInvitation, nobody(), { token: 'guess', name: 'El', password: PASSWORD })),
    ).toBe('not_found')
  })

  it('asks for a name and a password that the policy allows, field by field', async () => {
    const { token } = await done(invite('flo@example.com'))
    expect(
      await act(acceptInvitation, nobody(), { token, name: 'Flo', password: 'password1234' }),
    ).toMatchObject({ ok: false, refusal: { fields: { password: expect.any(String) } } })
    expect(await act(acceptInvitation, nobody(), { token, password: PASSWORD })).toMatchObject({
      ok: false,
      refusal: { fields: { name: expect.any(String) } },
    })
    expect(await act(acceptInvitation, nobody(), { token, name: 'Flo' })).toMatchObject({
      ok: false,
      refusal: { fields: { password: expect.any(String) } },
    })
  })

  it('is one an address, and none for a member', async () => {
    await done(invite('gil@example.com'))
    expect(await codeOf(invite('GIL@example.com'))).toBe('already_invited')
    expect(await codeOf(invite(team.owner.email))).toBe('already_member')
    const gone = await addMember(team, { name: 'Hans' })
    await db().member.update({ where: { id: gone.memberId }, data: { deactivatedAt: new Date() } })
    expect(await invite(gone.email)).toMatchObject({
      ok: false,
      refusal: { fields: { email: expect.stringContaining('Reactivate') } },
    })
  })

  it('gives no sign-off role to those who read, no unknown role, and no owner but by an owner', async () => {
    expect(await codeOf(invite('ivy@example.com', { accountRole: 'auditor' }))).toBe('invalid')
    expect(await codeOf(invite('ivy@example.com', { roles: ['Pilot'] }))).toBe('invalid')
    const admin = await addMember(team, { name: 'Ada', accountRole: 'admin' })
    const input = {
      team: team.slug,
      email: 'ivy@example.com',
      name: 'Ivy',
      accountRole: 'owner' as const,
      roles: [],
    }
    expect(await codeOf(act(inviteMember, admin.principal, input))).toBe('forbidden')
    expect(await codeOf(act(inviteMember, team.owner.principal, input))).toBe('ok')
  })

  it('is not made or withdrawn by members, managers, auditors or neighbours', async () => {
    const { invitationId } = await done(invite('jan@example.com'))
    const input = {
      team: team.slug,
      email: 'kai@example.com',
      name: 'Kai',
      accountRole: 'member' as const,
      roles: [],
    }
    for (const accountRole of ['member', 'manager', 'auditor'] as const) {
      const { principal } = await addMember(team, { name: accountRole, accountRole })
      expect(await codeOf(act(inviteMember, principal, input))).toBe('forbidden')
      expect(await codeOf(act(revokeInvitation, principal, { team: team.slug, invitationId }))).toBe(
        'forbidden',
      )
    }
    const other = await makeTeam()
    expect(await codeOf(act(inviteMember, other.owner.principal, input))).toBe('not_found')
    expect(
      await codeOf(act(revokeInvitation, other.owner.principal, { team: other.slug, invitationId })),
    ).toBe('not_found')
    expect(await codeOf(act(inviteMember, nobody(), input))).toBe('not_signed_in')
  })
})
