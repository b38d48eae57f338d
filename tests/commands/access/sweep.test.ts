import { globSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { policy, type Verb } from '#lib/access/policy.ts'
import type { Principal } from '#lib/auth/mint.ts'
import { registry } from '#lib/door/registry.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { db } from '#lib/server/db.ts'
import { newId, newSecret, secretHash } from '#lib/server/ids.ts'
import { hashPassword } from '#lib/server/passwords.ts'
import { stamp } from '#lib/server/stamp.ts'
import { ACCOUNT_ROLES, type AccountRole } from '#lib/shared/codes.ts'
import { at, CHECKLIST, makeScene, type OpenedScene, openScene } from '#tests/commands/runs/fixture.ts'
import {
  addMember,
  linesOf,
  makePerson,
  makeTeam,
  nobody,
  type Person,
  SYSTEM,
} from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { EXPECTED } from './expectations.ts'

useTestDatabase()

const WITH_NOTICE = CHECKLIST.replace(
  '- [ ] Access reviewed',
  '- [ ] Access reviewed\n- [ ] On-call told <!-- notice: mail on-call@example.com -->',
)
const PASSWORD = 'violet harbor drum tin'
const files = globSync('lib/*/commands{.ts,/**/*.ts}')

type World = {
  scene: OpenedScene
  people: Record<AccountRole, Person>
  outsider: Person
  gone: Person
  target: Person
  token: Principal
  apiToken: Principal
}

let world: World

async function makeWorld(): Promise<World> {
  const scene = await openScene(await makeScene({ source: WITH_NOTICE }))
  const { team } = scene
  const roles = ['Developer', 'DevOps', 'Security']
  const people = {} as Record<AccountRole, Person>
  for (const accountRole of ACCOUNT_ROLES) {
    const holds = accountRole === 'manager' || accountRole === 'auditor' ? [] : roles
    people[accountRole] = await addMember(team, { name: `The ${accountRole}`, accountRole, roles: holds })
  }
  const gone = await addMember(team, { name: 'Gone', roles })
  await db().member.update({ where: { id: gone.memberId }, data: { deactivatedAt: new Date() } })
  const target = await addMember(team, { name: 'Target' })
  const outsider = (await makeTeam()).owner
  const passwordHash = await hashPassword(PASSWORD)
  await db().user.updateMany({ data: { passwordHash } })
  const secret = newSecret()
  const { id: serviceId } = await db().service.findFirstOrThrow({ where: { teamId: team.teamId } })
  const tokenHash = secretHash(secret)
  await db().gateToken.create({
    data: {
      id: newId(),
      teamId: team.teamId,
      serviceId,
      name: 'ci',
      tokenHash,
      createdBy: people.owner.memberId,
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  })
  const apiHash = secretHash(newSecret())
  await db().apiToken.create({
    data: {
      id: newId(),
      teamId: team.teamId,
      name: 'checklists',
      scopes: ['templates:write'],
      tokenHash: apiHash,
      createdBy: people.owner.memberId,
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  })
  return {
    scene,
    people,
    outsider,
    gone,
    target,
    token: { kind: 'token', tokenHash },
    apiToken: { kind: 'token', tokenHash: apiHash },
  }
}

/** For every command of a team, an input that is complete and names things that exist. */
async function inputOf(verb: string, person: Person): Promise<Record<string, unknown>> {
  const { scene, target } = world
  const { team: slug, service, number } = scene.address
  const team = { team: slug }
  const run = { team: slug, service, number }
  const item = (text: string) => at(scene, text)
  const manifest = JSON.stringify({
    scopeDigest: 'x',
    role: 'Developer',
    run: { id: scene.runId },
    signer: { memberId: person.memberId },
  })
  const inputs: Record<string, () => Promise<Record<string, unknown>> | Record<string, unknown>> = {
    'template.publish': () => ({ ...team, name: 'Another', source: '# A\n\n- [ ] one\n' }),
    'template.restore': () => ({ ...team, template: scene.template, number: 1, basedOn: 1 }),
    'template.archive': () => ({ ...team, template: scene.template }),
    'template.unarchive': () => ({ ...team, template: scene.template }),
    'template.tryProbe': () => ({
      ...team,
      service,
      environment: 'production',
      probe: 'http https://example.com/ expect status == 200',
    }),
    'team.addSignoffRole': () => ({ ...team, name: `Role ${newSecret(4)}` }),
    'team.changeAccountRole': () => ({ ...team, memberId: target.memberId, from: 'member', to: 'admin' }),
    'team.changeSignoffRoles': () => ({ ...team, memberId: target.memberId, from: [], to: ['Developer'] }),
    'team.deactivateMember': () => ({ ...team, memberId: target.memberId }),
    'team.reactivateMember': () => ({ ...team, memberId: target.memberId }),
    'team.makeResetLink': () => ({ ...team, memberId: target.memberId }),
    'team.inviteMember': () => ({
      ...team,
      email: `${newSecret(6)}@example.com`,
      name: 'New',
      accountRole: 'member',
      roles: [],
    }),
    'team.revokeInvitation': async () => ({ ...team, invitationId: await makeInvitation() }),
    'team.makeApiToken': () => ({
      ...team,
      name: `Token ${newSecret(4)}`,
      days: 30,
      scopes: ['templates:write'],
    }),
    'team.revokeApiToken': async () => ({ ...team, tokenId: await apiTokenId() }),
    'service.create': () => ({ ...team, name: `Service ${newSecret(4)}` }),
    'service.addEnvironment': () => ({ ...team, service, name: `Env ${newSecret(4)}` }),
    'service.changeEnvironment': () => ({
      ...team,
      service,
      environment: 'staging',
      variables: '',
      allowList: '',
      version: 1,
    }),
    'service.tryConnection': () => ({
      ...team,
      service,
      environment: 'production',
      of: 'variable',
      name: 'BASE_URL',
    }),
    'service.setSecret': () => ({
      ...team,
      service,
      environment: 'staging',
      name: `TOKEN_${newSecret(4).replace(/\W/g, '_').toUpperCase()}`,
      secret: newSecret(),
      version: 0,
    }),
    'service.removeSecret': async () => ({ ...team, service, environment: 'staging', ...(await secret()) }),
    'service.makeWebhookSecret': () => ({ ...team, service, environment: 'staging' }),
    'service.makeGateToken': () => ({ ...team, service, environment: null, name: 'pipeline', days: 30 }),
    'service.revokeGateToken': async () => ({ ...team, service, tokenId: await tokenId() }),
    'run.open': () => ({
      ...team,
      service,
      environment: 'staging',
      template: scene.template,
      version: 'v2',
      commit: '8f3c2d1',
    }),
    'run.tickItem': async () => item('Tests pass'),
    'run.untickItem': async () => item('Tests pass'),
    'run.failItem': async () => ({ ...(await item('Access reviewed')), reason: 'broken' }),
    'run.markNotApplicable': async () => ({ ...(await item('Update status page')), reason: 'no page' }),
    'run.verifyNotApplicable': async () => item('Update status page'),
    'run.witnessItem': async () => item('Tests pass'),
    'run.noteItem': async () => ({ ...(await item('Tests pass')), note: 'hello' }),
    'run.attachEvidence': async () => ({
      ...(await item('Tests pass')),
      kind: 'link',
      url: 'https://ci.example.com/1',
    }),
    'run.withdrawEvidence': async () => ({
      ...(await item('Tests pass')),
      attachmentId: newId(),
      reason: 'wrong',
    }),
    'run.answerFact': async () => ({ ...run, fact: await factKey(), answer: true }),
    'run.sendNotice': async () => ({ ...(await item('On-call told')), message: 'hello', receivers: [] }),
    'run.remindNotice': async () => ({ ...run, key: (await item('On-call told')).key, receivers: 'all' }),
    'run.startProbes': () => ({ ...run, keys: 'all' }),
    'run.cancelProbes': () => ({ ...run, keys: 'all' }),
    'run.correctRelease': () => ({ ...run, version: 'v1.0.1', commit: '8f3c2d2', reason: 'typo' }),
    'run.sign': () => ({
      ...run,
      role: 'Developer',
      decision: 'no_go',
      reason: 'no',
      manifest,
      mark: stamp(manifest),
      password: PASSWORD,
    }),
    'run.startDeployment': () => run,
    'run.markDeployed': () => run,
    'run.undoDeployed': () => ({ ...run, reason: 'wrong' }),
    'run.rollBack': () => ({ ...run, reason: 'broken' }),
    'run.finishRollback': () => run,
    'run.abort': () => ({ ...run, reason: 'stop', deployed: false }),
    'run.close': () => run,
  }
  const make = inputs[verb]
  if (!make) throw new Error(`${verb}: give the sweep an input for it`)
  return make()
}

async function makeInvitation(): Promise<string> {
  const id = newId()
  const { team } = world.scene
  const createdAt = new Date()
  await db().invitation.create({
    data: {
      id,
      teamId: team.teamId,
      email: `${newSecret(6).toLowerCase()}@example.com`,
      name: 'Invited',
      accountRole: 'member',
      roles: [],
      tokenHash: secretHash(newSecret()),
      createdBy: world.people.owner.memberId,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + 60_000),
    },
  })
  return id
}

async function tokenId(): Promise<string> {
  return (await db().gateToken.findFirstOrThrow({ where: { teamId: world.scene.team.teamId } })).id
}

async function secret(): Promise<{ name: string; version: number }> {
  const { team } = world.scene
  const environment = await db().environment.findFirstOrThrow({
    where: { teamId: team.teamId, slug: 'staging' },
  })
  const name = `GONE_${newSecret(4).replace(/\W/g, '_').toUpperCase()}`
  const sealed = `v1.00000000.${'A'.repeat(16)}.${'A'.repeat(30)}`
  await db().environmentSecret.create({
    data: { environmentId: environment.id, teamId: team.teamId, name, sealed, setAt: new Date() },
  })
  return { name, version: 1 }
}

async function apiTokenId(): Promise<string> {
  const tokens = await db().apiToken.findMany({ where: { teamId: world.scene.team.teamId } })
  return tokens.find(({ name }) => name !== 'checklists')?.id ?? tokens[0]?.id ?? newId()
}

async function factKey(): Promise<string> {
  const version = await db().templateVersion.findFirstOrThrow({ where: { teamId: world.scene.team.teamId } })
  const model = version.model as { facts: { key: string }[] }
  return model.facts[0]?.key ?? 'none'
}

async function outcome(verb: string, principal: Principal, person: Person): Promise<string> {
  const command = registry().get(verb)
  if (!command) throw new Error(`no command ${verb}`)
  const result = await runCommand(command, { principal, input: await inputOf(verb, person) })
  return result.ok ? 'ok' : result.refusal.code
}

const HIDDEN = ['forbidden', 'not_found', 'not_signed_in', 'invalid']

beforeAll(async () => {
  for (const file of files) await import(pathToFileURL(file).href)
  world = await makeWorld()
})

describe('the registry and the table', () => {
  it('every command has a row in the policy table and every row that is not a read has a command', () => {
    const commands = [...registry().keys()].sort()
    const verbs = Object.keys(policy)
    expect(commands.filter((name) => !verbs.includes(name))).toEqual([])
    const isCommand = (verb: string) => !['read', 'machine'].includes(String(EXPECTED[verb as Verb]))
    const missing = verbs.filter((verb) => isCommand(verb) && !registry().has(verb))
    expect(missing).toEqual([])
  })
})

const teamVerbs = Object.entries(EXPECTED).filter(([, allowed]) => Array.isArray(allowed)) as [
  Verb,
  AccountRole[],
][]

describe.each(teamVerbs)('%s', (verb, allowed) => {
  it('is refused to the unsigned, the outsider, the deactivated and a pipeline', async () => {
    const { outsider, gone, token, apiToken } = world
    expect(await outcome(verb, nobody(), outsider)).toBe('not_signed_in')
    expect(await outcome(verb, { kind: 'session', idHash: secretHash('never') }, outsider)).toBe(
      'not_signed_in',
    )
    expect(await outcome(verb, outsider.principal, outsider)).toBe('not_found')
    expect(await outcome(verb, gone.principal, gone)).toBe('not_found')
    const refusals = ['forbidden', 'not_found', 'not_signed_in']
    expect(refusals).toContain(await outcome(verb, token, outsider))
    const withApiToken = await outcome(verb, apiToken, outsider)
    if (verb === 'template.publish') expect(HIDDEN).not.toContain(withApiToken)
    else expect(refusals).toContain(withApiToken)
  })

  it.each(ACCOUNT_ROLES.filter((role) => !allowed.includes(role)))(
    'is refused to a %s, and the refusal is in the log',
    async (role) => {
      const before = (await linesOf(world.scene.team.streamId)).length
      expect(await outcome(verb, world.people[role].principal, world.people[role])).toBe('forbidden')
      const added = (await linesOf(world.scene.team.streamId)).slice(before)
      expect(added.map(({ action, data }) => [action, data.verb])).toEqual([['access.refused', verb]])
    },
  )

  it.each(allowed)('is open to a %s', async (role) => {
    expect(HIDDEN).not.toContain(await outcome(verb, world.people[role].principal, world.people[role]))
  })
})

describe('what only a pipeline does', () => {
  it('is refused to every member, to a token without the scope and to one of the team itself', async () => {
    const command = registry().get('run.pushReport')
    if (!command) throw new Error('no command')
    const { scene, people, token, apiToken } = world
    const { team, service } = scene.address
    const place = { team, service, environment: 'production', run: null, commit: '8f3c2d1', name: null }
    const file = { fileId: newId(), sha256: 'a'.repeat(64), bytes: 1 }
    const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }
    const found = { tool: null, scanned: null, unscanned: 0, suppressed: 0, disagreements: [], first: [] }
    const facts = { meaning: 'findings', counts: none, ...found }
    const input = { ...place, format: 'sarif', file, facts }
    const members = ACCOUNT_ROLES.map((role) => people[role].principal)
    for (const principal of [...members, token, apiToken, SYSTEM, nobody()]) {
      const result = await runCommand(command, { principal, input })
      expect(result.ok ? 'ok' : result.refusal.code).toMatch(/^(?:forbidden|not_found|not_signed_in)$/)
    }
  })
})

describe('what only Countersign itself does', () => {
  it('refuses every member to record an observation', async () => {
    const command = registry().get('run.recordObservation')
    if (!command) throw new Error('no command')
    const input = { team: world.scene.address.team, attemptId: newId(), fence: 1, observation: {} }
    for (const role of ACCOUNT_ROLES) {
      const result = await runCommand(command, { principal: world.people[role].principal, input })
      expect(result.ok).toBe(false)
    }
    expect((await runCommand(command, { principal: SYSTEM, input })).ok).toBe(false)
  })

  it('refuses every member to record what became of a letter', async () => {
    const command = registry().get('run.recordDelivery')
    if (!command) throw new Error('no command')
    const said = { deliveryId: newId(), fence: 1, taken: true, words: 'ok' }
    const input = { team: world.scene.address.team, ...said }
    for (const role of ACCOUNT_ROLES) {
      const result = await runCommand(command, { principal: world.people[role].principal, input })
      expect(result.ok).toBe(false)
    }
  })

  it('refuses a person to unlock an owner, and everybody but the instance’s administrator to create a team', async () => {
    const person = await makePerson('Mallory')
    for (const verb of ['account.unlockOwner', 'team.create']) {
      const command = registry().get(verb)
      if (!command) throw new Error(`no command ${verb}`)
      const input = verb === 'team.create' ? { name: 'Mine' } : { email: world.outsider.email }
      for (const principal of [nobody(), person.principal, world.people.owner.principal]) {
        const result = await runCommand(command, { principal, input })
        expect(result.ok ? 'ok' : result.refusal.code, verb).toMatch(/^(forbidden|not_signed_in|not_found)$/)
      }
    }
  })
})
