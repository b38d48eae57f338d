import { describe, expect, it } from 'vitest'
import { db } from '#lib/server/db.ts'
import { DRAFTS_PER_PERSON, deleteDraft, isDraftKey, readDraft, writeDraft } from '#lib/server/drafts.ts'
import { networkOf } from '#lib/server/rate-limit.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { makeAccount } from './account.ts'

useTestDatabase()

describe('drafts', () => {
  it('belong to one person, are replaced by later ones and forgotten on demand', async () => {
    const [ana, bo] = [await makeAccount(), await makeAccount()]
    const key = 'run:1:item:a:note'
    await writeDraft({ userId: ana.id, key, value: { text: 'half a senten' } })
    await writeDraft({ userId: ana.id, key, value: { text: 'half a sentence — “é”' } })
    expect(await readDraft({ userId: ana.id, key })).toMatchObject({
      value: { text: 'half a sentence — “é”' },
    })
    expect(await readDraft({ userId: bo.id, key })).toBeNull()
    await deleteDraft({ userId: bo.id, key })
    expect(await readDraft({ userId: ana.id, key })).not.toBeNull()
    await deleteDraft({ userId: ana.id, key })
    expect(await readDraft({ userId: ana.id, key })).toBeNull()
  })

  it('hold a template each, and the last two hundred stay', async () => {
    const { id: userId } = await makeAccount()
    expect(await writeDraft({ userId, key: 'a', value: 'é'.repeat(1_000_000) })).toMatchObject({
      refusal: { code: 'too_large' },
    })
    expect(await writeDraft({ userId, key: 'a', value: 'x'.repeat(1_999_998) })).toMatchObject({ ok: true })
    const later = Array.from({ length: DRAFTS_PER_PERSON }, (_, index) => ({
      userId,
      key: `k${index}`,
      body: '1',
      updatedAt: new Date(Date.now() + 1_000 + index),
    }))
    await db().draft.createMany({ data: later })
    await writeDraft({ userId, key: 'new', value: 1 })
    expect(await db().draft.count({ where: { userId } })).toBe(DRAFTS_PER_PERSON)
    expect(await readDraft({ userId, key: 'a' })).toBeNull()
  })

  it('of one person fill five templates at most: the oldest go', async () => {
    const { id: userId } = await makeAccount()
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f'])
      await writeDraft({ userId, key, value: 'x'.repeat(1_900_000) })
    await writeDraft({ userId, key: 'small', value: 'x' })
    const left = await db().draft.findMany({ where: { userId }, select: { key: true } })
    expect(left.map(({ key }) => key).sort()).toEqual(['b', 'c', 'd', 'e', 'f', 'small'])
  })

  it('have names without surprises', () => {
    expect(['run:1:note', 'a.b@c-d_e'].map(isDraftKey)).toEqual([true, true])
    expect(['', 'a/b', 'a b', 'é', 'x'.repeat(201)].map(isDraftKey)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('the network that a limit counts for', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['unknown', 'unknown'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
