import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/server/db.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'
import { setUp } from '#lib/teams/commands/set-up.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { act, codeOf, done, lastLine, linesOf, nobody } from './people.ts'

const CODE = 'a-code-for-these-tests'
const input = {
  code: CODE,
  team: 'Acme Health',
  name: 'Olga Ortiz',
  email: 'Olga@Example.com',
  password: 'seven grey herons wade',
}

useTestDatabase()

beforeAll(() => {
  process.env.COUNTERSIGN_SETUP_CODE = CODE
})

describe('setting up', () => {
  it('refuses a wrong code, a short password and a name whose address is taken by the app, each by its field', async () => {
    const wrong = await act(setUp, nobody(), { ...input, code: 'another-code' })
    expect(wrong).toMatchObject({
      ok: false,
      refusal: { code: 'wrong_code', fields: { code: expect.any(String) } },
    })
    const short = await act(setUp, nobody(), { ...input, password: 'short' })
    expect(short).toMatchObject({ ok: false, refusal: { fields: { password: expect.any(String) } } })
    const reserved = await act(setUp, nobody(), { ...input, team: 'Setup' })
    expect(reserved).toMatchObject({
      ok: false,
      refusal: { fields: { team: expect.stringContaining('setup') } },
    })
    expect(await db().user.count()).toBe(0)
  })

  it('lets nobody guess on: the eleventh wrong code in a quarter of an hour is not even looked at', async () => {
    const codes: string[] = []
    for (let n = 0; n < 11; n += 1)
      codes.push(await codeOf(act(setUp, nobody('198.51.100.7'), { ...input, code: `guess ${n}` })))
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('wrong_code'))
    expect(codes[10]).toBe('too_many_requests')
  })

  it('makes one owner and one team, however many ask at once', async () => {
    const answers = await Promise.all(
      ['Acme', 'Bolt', 'Cora'].map((team) =>
        codeOf(act(setUp, nobody(), { ...input, team, email: `${team}@example.com` })),
      ),
    )
    expect(answers.toSorted()).toEqual(['already_set_up', 'already_set_up', 'ok'])
    expect(await db().user.findMany({ select: { instanceAdmin: true } })).toEqual([{ instanceAdmin: true }])
    const team = await db().team.findFirstOrThrow({ include: { members: { include: { roles: true } } } })
    expect(team.members).toMatchObject([{ accountRole: 'owner', deactivatedAt: null, roles: [] }])
    expect((await db().signoffRole.findMany()).map((role) => role.name).toSorted()).toEqual([
      'DevOps',
      'Developer',
      'Reviewer',
      'Security',
    ])
    expect(await lastLine(SYSTEM_STREAM)).toMatchObject({
      action: 'account.created',
      actor: { kind: 'anonymous' },
    })
    expect((await linesOf(team.streamId)).map((line) => line.action)).toEqual([
      'team.created',
      'team.signoff_role_added',
      'team.signoff_role_added',
      'team.signoff_role_added',
      'team.signoff_role_added',
      'team.member_joined',
    ])
  })

  it('is over after that, whatever the code', async () => {
    expect(await codeOf(act(setUp, nobody(), input))).toBe('already_set_up')
    await expect(done(act(setUp, nobody(), { ...input, code: 'wrong' }))).rejects.toThrow('already')
  })
})
