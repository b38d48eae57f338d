import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { getSigned } from '#lib/runs/read/signed.ts'
import { addMember, done, makeTeam } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { makeScene, memberOf, openScene } from './fixture.ts'
import { givePassword, shown, signAt } from './signing.ts'

const database = useTestDatabase()

const SOURCE = `# One

## Pre-Deployment
- [ ] Optional look <!-- item: optional -->

## Sign-Off

| Role | Name | Date | Signature |
| --- | --- | --- | --- |
| DevOps | | | |
`

describe('what was signed', () => {
  it('is read back under its digest as it was shown, by members of the team alone', async () => {
    const scene = await openScene(await makeScene({ source: SOURCE }))
    const person = await addMember(scene.team, { name: 'Dev', roles: ['DevOps'] })
    await givePassword([person])
    const signing = { person, role: 'DevOps' }
    const seen = await shown(scene, signing)
    const { manifestHash: hash } = await done(signAt(scene, signing, seen))
    const actor = await memberOf(person.principal, scene.team.slug)
    const signed = await getSigned(actor, { ...scene.address, hash })
    expect(signed).toMatchObject({ text: seen.manifest, hash, holds: true, name: 'Dev', decision: 'go' })
    expect(signed?.manifest.items.map(({ text }) => text)).toEqual(['Optional look'])

    expect(await getSigned(actor, { ...scene.address, hash: '0'.repeat(64) })).toBeNull()
    const other = await makeTeam('Elsewhere')
    const outsider = await memberOf(other.owner.principal, other.slug)
    expect(await getSigned(outsider, { ...scene.address, hash })).toBeNull()
  })

  it('says so when the kept text is not the one that was signed', async () => {
    const scene = await openScene(await makeScene({ source: SOURCE }))
    const person = await addMember(scene.team, { name: 'Dev', roles: ['DevOps'] })
    await givePassword([person])
    const { manifestHash: hash } = await done(signAt(scene, { person, role: 'DevOps' }))
    const superuser = new pg.Client({ connectionString: database.url() })
    await superuser.connect()
    await superuser.query('SET session_replication_role = replica')
    await superuser.query("UPDATE signoff SET manifest = replace(manifest, 'Optional', 'Tampered')")
    await superuser.end()
    const signed = await getSigned(await memberOf(person.principal, scene.team.slug), {
      ...scene.address,
      hash,
    })
    expect(signed).toMatchObject({ holds: false })
  })
})
