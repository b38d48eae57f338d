import { beforeAll, describe, expect, it } from 'vitest'
import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { getGate } from '#lib/runs/read/gate.ts'
import { db } from '#lib/server/db.ts'
import { secretHash } from '#lib/server/ids.ts'
import { makeApiToken } from '#lib/teams/commands/make-api-token.ts'
import { revokeApiToken } from '#lib/teams/commands/revoke-api-token.ts'
import { listApiTokens } from '#lib/teams/read/api-tokens.ts'
import { archiveTemplate, publishTemplate } from '#lib/templates/commands.ts'
import { memberOf } from '#tests/commands/runs/fixture.ts'
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
const SOURCE = '# Go\n\n- [ ] one\n'
const scopes = ['templates:write' as const]
const at = () => ({ team: team.slug })
const tokenPrincipal = (token: string): Principal => ({ kind: 'token', tokenHash: secretHash(token) })
const make = (name: string, by = admin) =>
  act(makeApiToken, by.principal, { ...at(), name, days: 30 as const, scopes })

beforeAll(async () => {
  team = await makeTeam()
  admin = await addMember(team, { name: 'Ada', accountRole: 'admin' })
})

describe('an API token', () => {
  it('is shown once, kept as a hash, expires, and publishes in its maker’s place', async () => {
    const { token, tokenId, expiresAt } = await done(make('checklists'))
    expect(token).toMatch(/^cst_[\w-]{40,}$/)
    const row = await db().apiToken.findUniqueOrThrow({ where: { id: tokenId } })
    expect(Buffer.from(row.tokenHash)).toEqual(Buffer.from(secretHash(token)))
    expect(Math.round((Date.parse(expiresAt) - row.createdAt.getTime()) / 86_400_000)).toBe(30)
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'team.api_token_made',
      actor: { name: 'Ada' },
      data: { tokenId, name: 'checklists', scopes },
    })
    expect(JSON.stringify(await linesOf(team.streamId))).not.toContain(token.slice(4))

    const published = act(publishTemplate, tokenPrincipal(token), {
      ...at(),
      name: 'By token',
      source: SOURCE,
    })
    expect(await done(published)).toEqual({ slug: 'by-token', number: 1, created: true })
    const version = await db().templateVersion.findFirstOrThrow({ where: { template: { slug: 'by-token' } } })
    expect(version.publishedBy).toBe(admin.memberId)
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'template.published',
      actor: { kind: 'token', tokenId, name: 'checklists' },
    })
  })

  it('does nothing else: no other command, no gate, no other team', async () => {
    const principal = tokenPrincipal((await done(make('narrow'))).token)
    expect(await codeOf(act(archiveTemplate, principal, { ...at(), template: 'by-token' }))).toBe('not_found')
    expect(await codeOf(act(makeApiToken, principal, { ...at(), name: 'child', days: 30, scopes }))).toBe(
      'not_found',
    )
    const other = await makeTeam()
    expect(
      await codeOf(act(publishTemplate, principal, { team: other.slug, name: 'X', source: SOURCE })),
    ).toBe('not_found')
    const actor = await mintActor({ principal, team: null })
    if (typeof actor === 'string') throw new Error(actor)
    expect(await getGate(actor, { service: 'web', environment: 'production', askedDigest: null })).toBeNull()
  })

  it('stops when it is revoked, when it expires, and when its maker may no longer do the same', async () => {
    const use = (token: string) =>
      codeOf(act(publishTemplate, tokenPrincipal(token), { ...at(), name: 'Again', source: SOURCE }))
    const revoked = await done(make('revoked'))
    await done(act(revokeApiToken, admin.principal, { ...at(), tokenId: revoked.tokenId }))
    expect(await lastLine(team.streamId)).toMatchObject({ action: 'team.api_token_revoked' })
    expect(await use(revoked.token)).toBe('not_signed_in')
    const late = await done(make('late'))
    await db()
      .$executeRaw`UPDATE api_token SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day' WHERE id = ${late.tokenId}::uuid`
    expect(await use(late.token)).toBe('not_signed_in')
    const bob = await addMember(team, { name: 'Bob', accountRole: 'admin' })
    const bobs = await done(make('bobs', bob))
    await db().member.update({ where: { id: bob.memberId }, data: { accountRole: 'auditor' } })
    expect(await use(bobs.token)).toBe('forbidden')
    await db().member.update({ where: { id: bob.memberId }, data: { deactivatedAt: new Date() } })
    expect(await use(bobs.token)).toBe('not_signed_in')
    const view = await listApiTokens(await memberOf(admin.principal, team.slug))
    const states = Object.fromEntries(view.tokens.map(({ name, state }) => [name, state]))
    expect(states).toMatchObject({ revoked: 'revoked', late: 'expired', bobs: 'idle', checklists: 'works' })
  })

  it('has a name of its own among those that work, and is made by admins only', async () => {
    const codes = await Promise.all([1, 2].map(() => codeOf(make('twin'))))
    expect(codes.toSorted()).toEqual(['name_taken', 'ok'])
    const carl = await addMember(team, { name: 'Carl', accountRole: 'member' })
    expect(await codeOf(make('mine', carl))).toBe('forbidden')
  })
})
