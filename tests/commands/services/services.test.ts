import { beforeAll, describe, expect, it } from 'vitest'
import { mintActor } from '#lib/auth/mint.ts'
import { db } from '#lib/server/db.ts'
import { secretHash } from '#lib/server/ids.ts'
import { savedText } from '#lib/services/change-environment.ts'
import { addEnvironment } from '#lib/services/commands/add-environment.ts'
import { changeEnvironment } from '#lib/services/commands/change-environment.ts'
import { createService } from '#lib/services/commands/create-service.ts'
import { makeGateToken } from '#lib/services/commands/make-gate-token.ts'
import { revokeGateToken } from '#lib/services/commands/revoke-gate-token.ts'
import {
  act,
  addMember,
  codeOf,
  done,
  lastLine,
  linesOf,
  makeTeam,
  type Person,
  type TestTeam,
} from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

let team: TestTeam
let admin: Person
const at = () => ({ team: team.slug })
const web = () => ({ team: team.slug, service: 'upstream-web' })
const environment = async (slug: string) =>
  db().environment.findFirstOrThrow({
    where: { teamId: team.teamId, slug, service: { slug: 'upstream-web' } },
  })

beforeAll(async () => {
  team = await makeTeam()
  admin = await addMember(team, { name: 'Ada', accountRole: 'admin' })
})

describe('a service', () => {
  it('takes no name that the database cannot keep, and says so', async () => {
    const answer = await act(createService, admin.principal, { ...at(), name: 'Up\u0000stream' })
    expect(answer).toMatchObject({
      ok: false,
      refusal: { code: 'invalid', fields: { name: expect.stringContaining('not text') } },
    })
  })

  it('is created with staging and production, each a line in the log', async () => {
    const before = (await linesOf(team.streamId)).length
    const { slug } = await done(act(createService, admin.principal, { ...at(), name: 'Upstream Web' }))
    expect(slug).toBe('upstream-web')
    const environments = await db().environment.findMany({
      where: { teamId: team.teamId },
      orderBy: { ordinal: 'asc' },
    })
    expect(environments).toMatchObject([
      { slug: 'staging', variables: {}, allowList: [], version: 1 },
      { slug: 'production' },
    ])
    expect((await linesOf(team.streamId)).slice(before)).toMatchObject([
      {
        action: 'service.created',
        actor: { name: 'Ada' },
        data: { slug: 'upstream-web', name: 'Upstream Web' },
      },
      { action: 'service.environment_added', data: { slug: 'staging' } },
      { action: 'service.environment_added', data: { slug: 'production' } },
    ])
  })

  it('has an address of its own in the team, and none that the app needs', async () => {
    for (const name of ['upstream web', 'New', '★'])
      expect(await act(createService, admin.principal, { ...at(), name })).toMatchObject({
        ok: false,
        refusal: { fields: { name: expect.any(String) } },
      })
    const codes = await Promise.all(
      [1, 2, 3].map(() => codeOf(act(createService, admin.principal, { ...at(), name: 'Billing' }))),
    )
    expect(codes.toSorted()).toEqual(['name_taken', 'name_taken', 'ok'])
    const other = await makeTeam()
    expect(
      await codeOf(act(createService, other.owner.principal, { team: other.slug, name: 'Billing' })),
    ).toBe('ok')
  })

  it('gets further environments, each name once', async () => {
    await done(act(addEnvironment, admin.principal, { ...web(), name: 'EU production' }))
    expect(await environment('eu-production')).toMatchObject({ name: 'EU production', ordinal: 2 })
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'service.environment_added',
      data: { service: 'upstream-web', slug: 'eu-production' },
    })
    expect(await codeOf(act(addEnvironment, admin.principal, { ...web(), name: 'eu production' }))).toBe(
      'name_taken',
    )
    expect(
      await codeOf(act(addEnvironment, admin.principal, { ...at(), service: 'nothing', name: 'x' })),
    ).toBe('not_found')
  })
})

describe('an environment’s settings', () => {
  it('are saved together; the log holds names of variables and never their values', async () => {
    const input = {
      ...web(),
      environment: 'staging',
      version: 1,
      variables: '# the app\nBASE_URL = https://staging.example.com\n',
      allowList: 'Staging.Example.com:443\nstaging.example.com:443',
    }
    expect(await done(act(changeEnvironment, admin.principal, input))).toEqual({ version: 2 })
    expect(savedText(input)).toEqual({
      variables: 'BASE_URL=https://staging.example.com',
      allowList: 'staging.example.com:443',
    })
    expect(await environment('staging')).toMatchObject({
      variables: { BASE_URL: 'https://staging.example.com' },
      allowList: ['staging.example.com:443'],
      version: 2,
    })
    const line = await lastLine(team.streamId)
    expect(line).toMatchObject({
      action: 'service.environment_changed',
      data: {
        service: 'upstream-web',
        slug: 'staging',
        variables: { added: ['BASE_URL'], removed: [], changed: [] },
        allowList: { added: ['staging.example.com:443'] },
      },
    })
    expect(JSON.stringify(line)).not.toContain('https://')
  })

  it('name the line that cannot be read, in both fields at once, and change nothing', async () => {
    const answer = await act(changeEnvironment, admin.principal, {
      ...web(),
      environment: 'production',
      version: 1,
      variables: 'A=1\nbase_url=2',
      allowList: 'a.example.com:443\n\nhttps://b.example.com',
    })
    expect(answer).toMatchObject({
      ok: false,
      refusal: {
        fields: {
          variables: expect.stringContaining('Line 2'),
          allowList: expect.stringContaining('Line 3'),
        },
      },
    })
    expect(await environment('production')).toMatchObject({ version: 1, variables: {} })
  })

  it('of two people at once keep the first; the second is told who and what', async () => {
    const save = (principal: Person['principal'], value: string) =>
      act(changeEnvironment, principal, {
        ...web(),
        environment: 'eu-production',
        version: 1,
        variables: `BASE_URL=${value}`,
        allowList: '',
      })
    await done(save(admin.principal, 'https://first.example.com'))
    const late = await save(team.owner.principal, 'https://second.example.com')
    expect(late).toMatchObject({
      ok: false,
      refusal: {
        code: 'lost_race',
        message: expect.stringContaining('Ada'),
        detail: { by: 'Ada', variables: 'BASE_URL=https://first.example.com', version: 2 },
      },
    })
    expect(await codeOf(save(admin.principal, 'https://first.example.com'))).toBe('ok')
    expect(await environment('eu-production')).toMatchObject({ version: 2 })
  })
})

describe('a gate token', () => {
  const make = (name: string, more: object = {}) =>
    act(makeGateToken, admin.principal, { ...web(), environment: 'staging', name, days: 90, ...more })

  it('is shown once, kept as a hash, scoped, and opens the gate’s actor until it is revoked', async () => {
    const { tokenId, token, expiresAt } = await done(make('deploy pipeline'))
    expect(token).toMatch(/^csg_[\w-]{43}$/)
    const row = await db().gateToken.findUniqueOrThrow({ where: { id: tokenId } })
    expect(Buffer.from(row.tokenHash).equals(Buffer.from(secretHash(token)))).toBe(true)
    expect(new Date(expiresAt).getTime() - row.createdAt.getTime()).toBe(90 * 86_400_000)
    const line = await lastLine(team.streamId)
    expect(line).toMatchObject({
      action: 'service.gate_token_made',
      data: { tokenId, service: 'upstream-web', environment: 'staging', name: 'deploy pipeline' },
    })
    expect(JSON.stringify(line)).not.toContain(token)

    const principal = { kind: 'token', tokenHash: secretHash(token) } as const
    expect(await mintActor({ principal, team: null })).toMatchObject({
      kind: 'token',
      serviceId: row.serviceId,
      environmentId: row.environmentId,
    })
    await done(act(revokeGateToken, admin.principal, { ...web(), tokenId }))
    expect(await mintActor({ principal, team: null })).toBe('not_signed_in')
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'service.gate_token_revoked',
      data: { tokenId },
    })
  })

  it('has a name that no working one has, an environment of the service, and one of three terms', async () => {
    await done(make('nightly'))
    expect(await codeOf(make('nightly'))).toBe('name_taken')
    expect(await codeOf(make('other', { environment: 'moon' }))).toBe('not_found')
    expect(await codeOf(make('other', { days: 4000 }))).toBe('invalid')
    expect(await codeOf(make('everywhere', { environment: null }))).toBe('ok')
  })
})

describe('who may do none of this', () => {
  it('is everybody below admin, and the neighbours', async () => {
    const { tokenId } = await done(
      act(makeGateToken, admin.principal, { ...web(), environment: null, name: 'theirs', days: 30 }),
    )
    const calls = (principal: Person['principal'], { team: slug } = at()) => [
      act(createService, principal, { team: slug, name: 'Sneaky' }),
      act(addEnvironment, principal, { ...web(), team: slug, name: 'sneaky' }),
      act(changeEnvironment, principal, {
        ...web(),
        team: slug,
        environment: 'staging',
        version: 2,
        variables: 'A=1',
        allowList: '',
      }),
      act(makeGateToken, principal, { ...web(), team: slug, environment: null, name: 'sneaky', days: 30 }),
      act(revokeGateToken, principal, { ...web(), team: slug, tokenId }),
    ]
    for (const accountRole of ['member', 'manager', 'auditor'] as const) {
      const { principal } = await addMember(team, { name: accountRole, accountRole })
      for (const call of calls(principal)) expect(await codeOf(call)).toBe('forbidden')
    }
    const other = await makeTeam()
    for (const call of calls(other.owner.principal)) expect(await codeOf(call)).toBe('not_found')
    const codes = await Promise.all(calls(other.owner.principal, { team: other.slug }).map(codeOf))
    expect(codes).toEqual(['ok', 'not_found', 'not_found', 'not_found', 'not_found'])
  })
})
