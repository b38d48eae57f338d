import { expect, it } from 'vitest'
import { RESEAL_EXIT, resealAll } from '#lib/cli/commands/reseal-secrets.ts'
import { db } from '#lib/server/db.ts'
import { createService } from '#lib/services/commands/create-service.ts'
import { setSecret } from '#lib/services/commands/set-secret.ts'
import { act, done, makeTeam } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

async function said(): Promise<{ code: number; out: string; err: string }> {
  const lines = { out: [] as string[], err: [] as string[] }
  const code = await resealAll({
    out: (line) => lines.out.push(line),
    err: (line) => lines.err.push(line),
  })
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') }
}

it('says what is sealed with the key in use, and names what stays closed', async () => {
  const team = await makeTeam()
  const owner = team.owner.principal
  await done(act(createService, owner, { team: team.slug, name: 'web' }))
  const place = { team: team.slug, service: 'web', environment: 'staging', version: 0 }
  for (const name of ['A_TOKEN', 'B_TOKEN'])
    await done(act(setSecret, owner, { ...place, name, secret: 'long-enough' }))
  expect(await said()).toEqual({
    code: RESEAL_EXIT.ok,
    out: '0 secrets sealed with the key in use, 2 were already.',
    err: '',
  })
  await db()
    .$executeRaw`UPDATE environment_secret SET sealed = regexp_replace(sealed, '^v1\\.[0-9a-f]{8}', 'v1.0badc0de') WHERE name = 'B_TOKEN'`
  const closed = await said()
  expect(closed).toMatchObject({
    code: RESEAL_EXIT.closed,
    out: '0 secrets sealed with the key in use, 1 were already.',
  })
  expect(closed.err).toContain(`${team.slug}: B_TOKEN of web staging: it was sealed with key 0badc0de`)
  expect(closed.err).toContain('1 secret stays closed')
})
