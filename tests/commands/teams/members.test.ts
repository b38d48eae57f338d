import { beforeAll, describe, expect, it } from 'vitest'
import { mintActor } from '#lib/auth/mint.ts'
import { db } from '#lib/server/db.ts'
import { secretHash } from '#lib/server/ids.ts'
import { addSignoffRole } from '#lib/teams/commands/add-signoff-role.ts'
import { changeAccountRole } from '#lib/teams/commands/change-account-role.ts'
import { changeSignoffRoles } from '#lib/teams/commands/change-signoff-roles.ts'
import { deactivateMember } from '#lib/teams/commands/deactivate-member.ts'
import { makeResetLink } from '#lib/teams/commands/make-reset-link.ts'
import { reactivateMember } from '#lib/teams/commands/reactivate-member.ts'
import { keepMember } from '#tests/support/accounts.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import {
  act,
  addMember,
  codeOf,
  done,
  lastLine,
  linesOf,
  makeTeam,
  type Person,
  signIn,
  type TestTeam,
} from './people.ts'

useTestDatabase()

let team: TestTeam
let admin: Person
const at = () => ({ team: team.slug })
const isSignedIn = async (person: Person) =>
  (await mintActor({ principal: person.principal, team: null })) !== 'not_signed_in'

beforeAll(async () => {
  team = await makeTeam()
  admin = await addMember(team, { name: 'Ada', accountRole: 'admin' })
})

describe('an account role', () => {
  it('changes, takes the sign-off roles of who becomes a manager, ends the sessions and says so in the log', async () => {
    const dora = await addMember(team, { name: 'Dora', roles: ['DevOps', 'Developer'] })
    const before = (await linesOf(team.streamId)).length
    const value = await done(
      act(changeAccountRole, admin.principal, {
        ...at(),
        memberId: dora.memberId,
        from: 'member',
        to: 'manager',
      }),
    )
    expect(value.droppedRoles).toEqual(['DevOps', 'Developer'])
    expect(
      await db().member.findUniqueOrThrow({ where: { id: dora.memberId }, include: { roles: true } }),
    ).toMatchObject({ accountRole: 'manager', roles: [] })
    expect(await isSignedIn(dora)).toBe(false)
    expect((await linesOf(team.streamId)).slice(before)).toMatchObject([
      {
        action: 'team.account_role_changed',
        actor: { name: 'Ada' },
        data: { from: 'member', to: 'manager' },
      },
      { action: 'team.signoff_roles_changed', data: { from: ['DevOps', 'Developer'], to: [] } },
    ])
  })

  it('is not changed on an old sight of it', async () => {
    const eve = await addMember(team, { name: 'Eve', accountRole: 'auditor' })
    const answer = await act(changeAccountRole, admin.principal, {
      ...at(),
      memberId: eve.memberId,
      from: 'member',
      to: 'admin',
    })
    expect(answer).toMatchObject({
      ok: false,
      refusal: { code: 'lost_race', message: expect.stringContaining('auditor') },
    })
  })

  it('of the only owner stays, even when both owners step down at the same moment', async () => {
    const own = await makeTeam()
    const second = await addMember(own, { name: 'Otto', accountRole: 'owner' })
    const down = (who: Person) =>
      codeOf(
        act(changeAccountRole, who.principal, {
          team: own.slug,
          memberId: who.memberId,
          from: 'owner',
          to: 'member',
        }),
      )
    const codes = await Promise.all([down(own.owner), down(second)])
    expect(codes.toSorted()).toEqual(['last_owner', 'ok'])
    expect(await db().member.count({ where: { teamId: own.teamId, accountRole: 'owner' } })).toBe(1)
  })

  it('of an owner is an owner’s matter: an admin neither takes nor gives it', async () => {
    const fay = await addMember(team, { name: 'Fay' })
    expect(
      await codeOf(
        act(changeAccountRole, admin.principal, {
          ...at(),
          memberId: fay.memberId,
          from: 'member',
          to: 'owner',
        }),
      ),
    ).toBe('forbidden')
    expect(
      await codeOf(
        act(changeAccountRole, admin.principal, {
          ...at(),
          memberId: team.owner.memberId,
          from: 'owner',
          to: 'member',
        }),
      ),
    ).toBe('forbidden')
    expect(
      await codeOf(act(deactivateMember, admin.principal, { ...at(), memberId: team.owner.memberId })),
    ).toBe('forbidden')
    expect(
      await codeOf(act(makeResetLink, admin.principal, { ...at(), memberId: team.owner.memberId })),
    ).toBe('forbidden')
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'access.refused',
      data: { verb: 'team.makeResetLink' },
    })
  })
})

describe('sign-off roles', () => {
  it('change as a set and end the sessions of whoever it happens to', async () => {
    const gus = await addMember(team, { name: 'Gus', roles: ['Developer'] })
    await done(
      act(changeSignoffRoles, admin.principal, {
        ...at(),
        memberId: gus.memberId,
        from: ['Developer'],
        to: ['Security', 'Reviewer'],
      }),
    )
    const held = await db().memberRole.findMany({
      where: { memberId: gus.memberId },
      select: { role: { select: { name: true } } },
    })
    expect(held.map(({ role }) => role.name).toSorted()).toEqual(['Reviewer', 'Security'])
    expect(await isSignedIn(gus)).toBe(false)
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'team.signoff_roles_changed',
      data: { name: 'Gus', from: ['Developer'], to: ['Reviewer', 'Security'] },
    })
  })

  it('of one’s own leave the session in use and end the others', async () => {
    const other = { ...admin, principal: await signIn(admin.userId) }
    await done(
      act(changeSignoffRoles, admin.principal, {
        ...at(),
        memberId: admin.memberId,
        from: [],
        to: ['DevOps'],
      }),
    )
    expect(await isSignedIn(admin)).toBe(true)
    expect(await isSignedIn(other)).toBe(false)
  })

  it('are not for those who read, and must be the team’s', async () => {
    const hal = await addMember(team, { name: 'Hal', accountRole: 'auditor' })
    expect(
      await codeOf(
        act(changeSignoffRoles, admin.principal, {
          ...at(),
          memberId: hal.memberId,
          from: [],
          to: ['DevOps'],
        }),
      ),
    ).toBe('no_signoff_roles')
    expect(
      await codeOf(
        act(changeSignoffRoles, admin.principal, {
          ...at(),
          memberId: hal.memberId,
          from: [],
          to: ['Pilot'],
        }),
      ),
    ).toBe('invalid')
  })

  it('can be of the team’s own, each name once', async () => {
    const { roleId } = await done(act(addSignoffRole, admin.principal, { ...at(), name: 'Data Protection' }))
    expect(await db().signoffRole.findUniqueOrThrow({ where: { id: roleId } })).toMatchObject({
      teamId: team.teamId,
      name: 'Data Protection',
    })
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'team.signoff_role_added',
      data: { roleId, name: 'Data Protection' },
    })
    expect(await act(addSignoffRole, admin.principal, { ...at(), name: 'data protection' })).toMatchObject({
      ok: false,
      refusal: { fields: { name: expect.any(String) } },
    })
  })
})

describe('deactivating', () => {
  it('shuts the person out at once, keeps all, and can be taken back with the roles as they were', async () => {
    const ida = await addMember(team, { name: 'Ida', roles: ['Security'] })
    await done(act(deactivateMember, admin.principal, { ...at(), memberId: ida.memberId }))
    expect(await isSignedIn(ida)).toBe(false)
    expect(await mintActor({ principal: await signIn(ida.userId), team: team.slug })).toBe('not_found')
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'team.member_deactivated',
      data: { name: 'Ida' },
    })
    await done(act(reactivateMember, admin.principal, { ...at(), memberId: ida.memberId }))
    expect(await mintActor({ principal: await signIn(ida.userId), team: team.slug })).toMatchObject({
      team: { roles: ['Security'] },
    })
    expect(await lastLine(team.streamId)).toMatchObject({ action: 'team.member_reactivated' })
  })

  it('of oneself asks first', async () => {
    const jo = await addMember(team, { name: 'Jo', accountRole: 'admin' })
    expect(await codeOf(act(deactivateMember, jo.principal, { ...at(), memberId: jo.memberId }))).toBe(
      'confirm_self',
    )
    expect(
      await codeOf(
        act(deactivateMember, jo.principal, { ...at(), memberId: jo.memberId, confirmSelf: true }),
      ),
    ).toBe('ok')
    expect(await isSignedIn(jo)).toBe(false)
  })

  it('of the only owner is refused', async () => {
    expect(
      await codeOf(
        act(deactivateMember, team.owner.principal, {
          ...at(),
          memberId: team.owner.memberId,
          confirmSelf: true,
        }),
      ),
    ).toBe('last_owner')
  })
})

describe('a reset link', () => {
  it('is shown once, kept as a hash, and ends the one before', async () => {
    const kim = await addMember(team, { name: 'Kim' })
    const first = await done(act(makeResetLink, admin.principal, { ...at(), memberId: kim.memberId }))
    const second = await done(act(makeResetLink, admin.principal, { ...at(), memberId: kim.memberId }))
    const links = await db().resetLink.findMany({ where: { userId: kim.userId }, orderBy: { id: 'asc' } })
    expect(
      links.map((link) => Buffer.from(link.tokenHash).equals(Buffer.from(secretHash(second.token)))),
    ).toEqual([false, true])
    expect(links.filter((link) => link.expiresAt > new Date())).toHaveLength(1)
    const line = await lastLine(team.streamId)
    expect(line).toMatchObject({
      action: 'team.reset_link_made',
      actor: { name: 'Ada' },
      data: { name: 'Kim' },
    })
    expect(JSON.stringify(line)).not.toContain(first.token)
  })

  it('opens no other team: who is elsewhere too needs somebody who manages both', async () => {
    const lea = await addMember(team, { name: 'Lea' })
    const other = await makeTeam()
    await keepMember({ teamId: other.teamId, userId: lea.userId, accountRole: 'owner' })
    expect(await codeOf(act(makeResetLink, admin.principal, { ...at(), memberId: lea.memberId }))).toBe(
      'forbidden',
    )
    await db().user.update({ where: { id: admin.userId }, data: { instanceAdmin: true } })
    expect(await codeOf(act(makeResetLink, admin.principal, { ...at(), memberId: lea.memberId }))).toBe('ok')
    await db().user.update({ where: { id: admin.userId }, data: { instanceAdmin: false } })
  })

  it('is not for oneself', async () => {
    expect(await codeOf(act(makeResetLink, admin.principal, { ...at(), memberId: admin.memberId }))).toBe(
      'own_account',
    )
  })
})

describe('who may do none of this', () => {
  it('is everybody below admin, and the neighbours: absent and foreign look the same', async () => {
    const target = await addMember(team, { name: 'Max' })
    const calls = (principal: Person['principal']) => [
      act(changeAccountRole, principal, { ...at(), memberId: target.memberId, from: 'member', to: 'admin' }),
      act(changeSignoffRoles, principal, { ...at(), memberId: target.memberId, from: [], to: ['DevOps'] }),
      act(addSignoffRole, principal, { ...at(), name: 'Anything' }),
      act(deactivateMember, principal, { ...at(), memberId: target.memberId }),
      act(reactivateMember, principal, { ...at(), memberId: target.memberId }),
      act(makeResetLink, principal, { ...at(), memberId: target.memberId }),
    ]
    for (const accountRole of ['member', 'manager', 'auditor'] as const) {
      const { principal } = await addMember(team, { name: accountRole, accountRole })
      for (const call of calls(principal)) expect(await codeOf(call)).toBe('forbidden')
    }
    const stranger = (await makeTeam()).owner
    for (const call of calls(stranger.principal)) expect(await codeOf(call)).toBe('not_found')
    expect(
      await codeOf(
        act(deactivateMember, stranger.principal, { team: 'no-such-team', memberId: target.memberId }),
      ),
    ).toBe('not_found')
    const foreign = await act(deactivateMember, admin.principal, {
      ...at(),
      memberId: stranger.memberId || crypto.randomUUID(),
    })
    expect(foreign).toMatchObject({ ok: false, refusal: { code: 'not_found' } })
  })
})
