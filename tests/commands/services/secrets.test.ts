import { beforeAll, describe, expect, it } from 'vitest'
import { mintActor } from '#lib/auth/mint.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { db } from '#lib/server/db.ts'
import { readDraft, writeDraft } from '#lib/server/drafts.ts'
import { env } from '#lib/server/env.ts'
import { keyIds, open, seal } from '#lib/server/seal.ts'
import { changeEnvironment } from '#lib/services/commands/change-environment.ts'
import { createService } from '#lib/services/commands/create-service.ts'
import { removeSecret } from '#lib/services/commands/remove-secret.ts'
import { resealSecrets } from '#lib/services/commands/reseal-secrets.ts'
import { setSecret } from '#lib/services/commands/set-secret.ts'
import { getService, type ServiceView } from '#lib/services/read.ts'
import { secretPlace } from '#lib/services/secrets.ts'
import { openSecrets } from '#lib/services/worker/open-secrets.ts'
import {
  act,
  addMember,
  codeOf,
  done,
  lastLine,
  linesOf,
  makeTeam,
  type Person,
  SYSTEM,
  type TestTeam,
} from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

let team: TestTeam
let ada: Person
const VALUE = 'correct-horse-battery-1'

beforeAll(async () => {
  team = await makeTeam()
  ada = await addMember(team, { name: 'Ada', accountRole: 'admin' })
  await done(act(createService, ada.principal, { team: team.slug, name: 'web' }))
})

const place = (environment = 'staging') => ({ team: team.slug, service: 'web', environment })
const staging = () => db().environment.findFirstOrThrow({ where: { teamId: team.teamId, slug: 'staging' } })
const rowOf = async (name: string) =>
  db().environmentSecret.findUnique({
    where: { environmentId_name: { environmentId: (await staging()).id, name } },
  })
const set = (name: string, secret: string, version = 0, principal = ada.principal) =>
  act(setSecret, principal, { ...place(), name, secret, version })
const opened = async (...names: string[]) =>
  openSecrets({ teamId: team.teamId, environmentId: (await staging()).id, names })

async function view(person: Person): Promise<ServiceView> {
  const actor = await mintActor({ principal: person.principal, team: team.slug })
  if (typeof actor === 'string' || actor.kind !== 'person' || actor.team === null)
    throw new Error('no member')
  const found = await getService(actor as Parameters<typeof getService>[0], { slug: 'web' })
  if (!found) throw new Error('no service')
  return found
}

/** The tables of the whole database in which a text stands anywhere. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await db().$queryRawUnsafe<{ held: boolean }[]>(
      `SELECT EXISTS (SELECT FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%') AS held`,
      text,
    )
    if (rows[0]?.held) found.push(name)
  }
  return found
}

/** Runs with other keys, as another instance would. */
async function withKeys<T>(
  keys: { COUNTERSIGN_ROOT_KEY: string; COUNTERSIGN_OLD_ROOT_KEY?: string },
  act: () => Promise<T>,
): Promise<T> {
  const place = globalThis as { countersignEnv?: unknown }
  const before = env()
  place.countersignEnv = { ...before, ...keys }
  try {
    return await act()
  } finally {
    place.countersignEnv = before
  }
}

describe('a plain variable that is kept secret', () => {
  it('is sealed, and its value stands nowhere in the database any more, drafts and kept answers included', async () => {
    const plain = {
      ...place(),
      version: 1,
      variables: `API_TOKEN=${VALUE}\nBASE_URL=https://a.example`,
      allowList: '',
    }
    const call = { principal: ada.principal, input: plain, idempotencyKey: 'one' }
    expect((await runCommand(changeEnvironment, call)).ok).toBe(true)
    const key = `environment:${team.slug}:web:staging`
    const draft = { variables: `X=1\nAPI_TOKEN=${VALUE}`, allowList: 'a:1', version: 2 }
    await writeDraft({ userId: team.owner.userId, key, value: draft })
    expect(await tablesWith(VALUE)).toEqual(expect.arrayContaining(['draft', 'environment']))

    const sealing = {
      ...place(),
      version: 2,
      variables: '# API_TOKEN\nBASE_URL=https://a.example',
      allowList: '',
      secrets: { API_TOKEN: ` ${VALUE} ` },
    }
    const before = (await linesOf(team.streamId)).length
    const answer = await runCommand(changeEnvironment, {
      principal: ada.principal,
      input: sealing,
      idempotencyKey: 'two',
    })
    expect(answer).toMatchObject({
      ok: true,
      value: { value: { version: 3 } },
    })
    expect(await staging()).toMatchObject({ variables: { BASE_URL: 'https://a.example' } })
    expect(await tablesWith(VALUE)).toEqual([])
    expect(await readDraft({ userId: team.owner.userId, key })).toMatchObject({
      value: { variables: 'X=1\nAPI_TOKEN=', allowList: 'a:1', version: 2 },
    })
    expect((await linesOf(team.streamId)).slice(before)).toMatchObject([
      {
        action: 'service.environment_changed',
        data: { variables: { added: [], removed: ['API_TOKEN'], changed: [] } },
      },
      {
        action: 'service.secret_set',
        data: { service: 'web', slug: 'staging', name: 'API_TOKEN', replaced: false, wasPlain: true },
      },
    ])
    expect(await opened('API_TOKEN', 'BASE_URL')).toEqual({ values: { API_TOKEN: VALUE }, closed: [] })
  })

  it('cannot be a plain variable beside, nor be sealed over, from the same form', async () => {
    const again = (more: object) =>
      act(changeEnvironment, ada.principal, {
        ...place(),
        version: 3,
        variables: '',
        allowList: '',
        ...more,
      })
    expect(await again({ variables: 'API_TOKEN=x' })).toMatchObject({
      refusal: { fields: { variables: expect.stringContaining('is a secret of this environment') } },
    })
    expect(await again({ secrets: { API_TOKEN: 'another-one' } })).toMatchObject({
      refusal: { fields: { variables: expect.stringContaining('is a secret already') } },
    })
    expect(await again({ secrets: { PIN: '1234' } })).toMatchObject({
      refusal: { fields: { variables: expect.stringContaining('PIN: a secret has at least 6') } },
    })
    expect(await again({ secrets: { RUN_COMMIT: 'another-one' } })).toMatchObject({
      refusal: { fields: { variables: expect.stringContaining('filled in from the run') } },
    })
    expect(await staging()).toMatchObject({ version: 3 })
  })

  it('on top of somebody else’s save is refused and seals nothing', async () => {
    const late = await act(changeEnvironment, ada.principal, {
      ...place(),
      version: 2,
      variables: '',
      allowList: '',
      secrets: { LATE_TOKEN: 'late-value-1' },
    })
    expect(late).toMatchObject({ ok: false, refusal: { code: 'lost_race' } })
    expect(JSON.stringify(late)).not.toContain('late-value-1')
    expect(await rowOf('LATE_TOKEN')).toBeNull()
  })
})

describe('a secret', () => {
  it('is set, replaced by who saw the one before, and removed; the log holds its name alone', async () => {
    expect(await done(set('DB_PASSWORD', 'first-value'))).toEqual({ name: 'DB_PASSWORD', version: 1 })
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'service.secret_set',
      actor: { name: 'Ada' },
      data: { name: 'DB_PASSWORD', replaced: false, wasPlain: false },
    })
    const late = await set('DB_PASSWORD', 'second-value', 0, team.owner.principal)
    expect(late).toMatchObject({
      ok: false,
      refusal: {
        code: 'lost_race',
        message: expect.stringContaining('Ada has set DB_PASSWORD'),
        detail: { by: 'Ada', version: 1 },
      },
    })
    expect((await opened('DB_PASSWORD')).values).toEqual({ DB_PASSWORD: 'first-value' })
    await done(set('DB_PASSWORD', 'second-value', 1, team.owner.principal))
    expect((await opened('DB_PASSWORD')).values).toEqual({ DB_PASSWORD: 'second-value' })
    expect(await lastLine(team.streamId)).toMatchObject({ data: { replaced: true } })
    const remove = (version: number) =>
      act(removeSecret, ada.principal, { ...place(), name: 'DB_PASSWORD', version })
    expect(await codeOf(remove(1))).toBe('lost_race')
    await done(remove(2))
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'service.secret_removed',
      data: { name: 'DB_PASSWORD' },
    })
    expect(await codeOf(remove(2))).toBe('not_found')
    expect(await codeOf(set('DB_PASSWORD', 'third-value', 2))).toBe('lost_race')
    for (const value of ['first-value', 'second-value', 'third-value'])
      expect(await tablesWith(value)).toEqual([])
  })

  it('of two people at once is set by one', async () => {
    const codes = await Promise.all(
      [ada, team.owner].map((person) => codeOf(set('RACE_TOKEN', `by-${person.name}`, 0, person.principal))),
    )
    expect(codes.toSorted()).toEqual(['lost_race', 'ok'])
  })

  it.each([
    ['base', 'long-enough', 'name'],
    ['RUN_DIGEST', 'long-enough', 'name'],
    ['BASE_URL', 'long-enough', 'name'],
    ['SHORT', '12345', 'secret'],
    ['LINES', 'one line\nand another', 'secret'],
  ])('%s=%j is refused at its field', async (name, value, field) => {
    const answer = await set(name, value)
    expect(answer).toMatchObject({
      ok: false,
      refusal: { code: 'invalid', fields: { [field]: expect.any(String) } },
    })
    expect(await rowOf(name)).toBeNull()
  })

  it('is never sent to a page, whoever looks; who set it and when it was used is', async () => {
    const auditor = await addMember(team, { name: 'Aud', accountRole: 'auditor' })
    await opened('API_TOKEN')
    for (const person of [ada, auditor]) {
      const shown = await view(person)
      expect(JSON.stringify(shown)).not.toContain(VALUE)
      expect(JSON.stringify(shown)).not.toContain('v1.')
      const secret = shown.environments[0]?.secrets.find(({ name }) => name === 'API_TOKEN')
      expect(secret).toMatchObject({
        version: 1,
        setBy: 'Ada',
        lastUsedAt: expect.any(String),
        problem: null,
      })
    }
  })
})

describe('the seal', () => {
  it('opens in its own row alone', async () => {
    const { id: environmentId } = await staging()
    const at = secretPlace({ teamId: team.teamId, environmentId, name: 'A' })
    const sealed = seal('text', at)
    expect(open(sealed, at)).toEqual({ ok: true, text: 'text' })
    const others = [
      { teamId: team.owner.userId, environmentId, name: 'A' },
      { teamId: team.teamId, environmentId: team.teamId, name: 'A' },
      { teamId: team.teamId, environmentId, name: 'B' },
    ]
    for (const other of others)
      expect(open(sealed, secretPlace(other))).toEqual({
        ok: false,
        why: 'it is damaged, or was sealed for another place',
      })
    expect(open(sealed, { ...at, use: 'something-else' }).ok).toBe(false)
    expect(seal('text', at)).not.toBe(sealed)
  })

  it('opens nothing when a single bit of it has changed', () => {
    const at = { use: 'x', place: ['y'] }
    const sealed = seal('some text', at)
    const parts = sealed.split('.')
    for (const part of [2, 3]) {
      const bytes = Buffer.from(parts[part] ?? '', 'base64url')
      for (let index = 0; index < bytes.length; index += 1) {
        const other = Buffer.from(bytes)
        other[index] = (other[index] ?? 0) ^ 1
        const changed = parts.with(part, other.toString('base64url')).join('.')
        expect(open(changed, at).ok).toBe(false)
      }
    }
    for (const broken of ['', 'v1', sealed.slice(0, -20), `${sealed}.x`, sealed.replace('v1', 'v2')])
      expect(open(broken, at).ok).toBe(false)
  })

  it('copied to another row by hand stays closed there, and says so', async () => {
    await done(set('OTHER_TOKEN', 'other-value'))
    const [from, to] = [await rowOf('API_TOKEN'), await rowOf('OTHER_TOKEN')]
    const { environmentId } = await rowOf('OTHER_TOKEN').then((row) => row ?? { environmentId: '' })
    const where = { environmentId_name: { environmentId, name: 'OTHER_TOKEN' } }
    await db().environmentSecret.update({ where, data: { sealed: from?.sealed ?? '' } })
    expect(await opened('OTHER_TOKEN')).toEqual({
      values: {},
      closed: ['OTHER_TOKEN cannot be opened: it is damaged, or was sealed for another place'],
    })
    await db().environmentSecret.update({ where, data: { sealed: to?.sealed ?? '' } })
    expect((await opened('OTHER_TOKEN')).values).toEqual({ OTHER_TOKEN: 'other-value' })
  })

  it('cannot be left out: the database takes no plain value', async () => {
    const { id: environmentId } = await staging()
    const data = { environmentId, teamId: team.teamId, name: 'PLAIN', sealed: VALUE, setAt: new Date() }
    await expect(db().environmentSecret.create({ data })).rejects.toThrow('environment_secret_sealed')
  })
})

describe('another root key', () => {
  const OTHER = 'ff'.repeat(32)

  it('opens nothing, and page and probe name both keys', async () => {
    const [own = ''] = keyIds()
    await withKeys({ COUNTERSIGN_ROOT_KEY: OTHER }, async () => {
      const [other = ''] = keyIds()
      const why = `it was sealed with key ${own}, and this instance has key ${other}`
      expect(await opened('API_TOKEN')).toEqual({
        values: {},
        closed: [`API_TOKEN cannot be opened: ${why}`],
      })
      const shown = await view(ada)
      expect(shown.environments[0]?.secrets.find(({ name }) => name === 'API_TOKEN')?.problem).toBe(why)
    })
  })

  it('opens what was sealed before while it knows the old one, and takes it over by the command', async () => {
    const old = env().COUNTERSIGN_ROOT_KEY ?? ''
    const reseal = (principal = SYSTEM) =>
      runCommand(resealSecrets, { principal, input: { team: team.slug } })
    const all = await db().environmentSecret.count({ where: { teamId: team.teamId } })
    await withKeys({ COUNTERSIGN_ROOT_KEY: OTHER }, async () => {
      expect(await reseal()).toMatchObject({ value: { value: { resealed: 0, current: 0 } } })
      const closed = (await done(reseal())).closed
      expect(closed).toHaveLength(all)
      expect(closed[0]).toMatch(/^API_TOKEN of web staging: it was sealed with key/)
    })
    await withKeys({ COUNTERSIGN_ROOT_KEY: OTHER, COUNTERSIGN_OLD_ROOT_KEY: old }, async () => {
      expect((await opened('API_TOKEN')).values).toEqual({ API_TOKEN: VALUE })
      expect(await codeOf(reseal(ada.principal))).toBe('forbidden')
      expect(await done(reseal())).toEqual({ resealed: all, current: 0, closed: [] })
      expect(await lastLine(team.streamId)).toMatchObject({
        action: 'service.secrets_resealed',
        data: { count: all, keyId: keyIds()[0] },
      })
      expect(await done(reseal())).toEqual({ resealed: 0, current: all, closed: [] })
    })
    await withKeys({ COUNTERSIGN_ROOT_KEY: OTHER }, async () => {
      expect((await opened('API_TOKEN')).values).toEqual({ API_TOKEN: VALUE })
    })
    expect((await opened('API_TOKEN')).closed).toHaveLength(1)
    expect(await rowOf('API_TOKEN')).toMatchObject({ version: 1 })
  })
})
