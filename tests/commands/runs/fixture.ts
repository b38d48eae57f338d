import { isMember, type MemberActor } from '#lib/access/actor.ts'
import type { Principal } from '#lib/auth/mint.ts'
import { mintActor } from '#lib/auth/mint.ts'
import type { BoardView, ItemView } from '#lib/runs/board.ts'
import { openRun } from '#lib/runs/commands/open-run.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { db } from '#lib/server/db.ts'
import { newId } from '#lib/server/ids.ts'
import type { Decision } from '#lib/shared/codes.ts'
import { publishTemplate } from '#lib/templates/commands.ts'
import { act, addMember, done, makeTeam, type Person, type TestTeam } from '#tests/commands/teams/people.ts'
import { FROM_ROLL_OUT } from '#tests/support/checklist.ts'

export const CHECKLIST = `# Small checklist

## Pre-Deployment

### Code
- [ ] Tests pass
- [ ] Backup done <!-- item: role=DevOps note -->
- [ ] Update status page (if applicable)

### Security
- [ ] Headers are set <!-- probe: http \${BASE_URL}/ expect status == 200 -->
- [ ] Access reviewed

## Deployment
- [ ] Cluster healthy

${FROM_ROLL_OUT}`

export type Scene = {
  team: TestTeam
  ana: Person
  bo: Person
  cy: Person
  eve: Person
  service: string
  environment: string
  template: string
}

/** A team with Ana (Developer), Bo (DevOps), Cy (Security) and Eve (auditor), a service, an environment and a template. */
export async function makeScene({ source = CHECKLIST } = {}): Promise<Scene> {
  const team = await makeTeam()
  const ana = await addMember(team, { name: 'Ana', roles: ['Developer'] })
  const bo = await addMember(team, { name: 'Bo', roles: ['DevOps'] })
  const cy = await addMember(team, { name: 'Cy', roles: ['Security'] })
  const eve = await addMember(team, { name: 'Eve', accountRole: 'auditor' })
  const { teamId } = team
  const serviceId = newId()
  const createdAt = new Date()
  await db().service.create({ data: { id: serviceId, teamId, slug: 'web', name: 'Web', createdAt } })
  await db().environment.createMany({
    data: ['staging', 'production'].map((slug, ordinal) => ({
      id: newId(),
      teamId,
      serviceId,
      slug,
      name: slug,
      ordinal,
      variables: { BASE_URL: 'http://127.0.0.1:9' },
      allowList: [],
      createdAt,
    })),
  })
  const published = await done(
    act(publishTemplate, ana.principal, { team: team.slug, name: 'Small', source }),
  )
  return { team, ana, bo, cy, eve, service: 'web', environment: 'production', template: published.slug }
}

export type OpenedScene = Scene & {
  runId: string
  number: number
  address: { team: string; service: string; number: number }
}

export async function openScene(scene: Scene, more: Record<string, unknown> = {}): Promise<OpenedScene> {
  const { team, ana, service, environment, template } = scene
  const input = {
    team: team.slug,
    service,
    environment,
    template,
    version: 'v1.0.0',
    commit: '8f3c2d1',
    ...more,
  }
  const opened = await done(act(openRun, ana.principal, input))
  return {
    ...scene,
    runId: opened.runId,
    number: opened.number,
    address: { team: team.slug, service, number: opened.number },
  }
}

export async function memberOf(principal: Principal, team: string): Promise<MemberActor> {
  const actor = await mintActor({ principal, team })
  if (typeof actor === 'string' || !isMember(actor)) throw new Error('not a member')
  return actor
}

export async function boardOf(scene: OpenedScene, person: Person): Promise<BoardView> {
  const board = await getBoard(await memberOf(person.principal, scene.team.slug), scene.address)
  if (!board) throw new Error('no board')
  return board
}

/** The item whose text begins so, as a person sees it. */
export async function itemOf(scene: OpenedScene, person: Person, text: string): Promise<ItemView> {
  const item = (await boardOf(scene, person)).items.find((one) => one.text.startsWith(text))
  if (!item) throw new Error(`no item ${text}`)
  return item
}

/** The address of an item at its present version. */
export async function at(scene: OpenedScene, text: string) {
  const { key, version } = await itemOf(scene, scene.ana, text)
  return { ...scene.address, key, version }
}

/** A standing signature, written past the door: these tests are about what happens to it. */
export async function signAs(
  scene: OpenedScene,
  person: Person,
  role: string,
  decision: Decision = 'go',
): Promise<void> {
  const { teamId } = scene.team
  await db().signoff.create({
    data: {
      id: newId(),
      teamId,
      runId: scene.runId,
      role,
      memberId: person.memberId,
      memberName: person.name,
      decision,
      meaning: 'test',
      method: 'password',
      manifest: '{}',
      manifestHash: 'a'.repeat(64),
      scopeDigest: 'b'.repeat(64),
      scopeText: '{}',
      signedAt: new Date(),
    },
  })
}

/** Evidence of a probe, written past the door, at the item of this key or whose text begins so. */
export async function observe(
  scene: OpenedScene,
  which: string | { key: string },
  verdict: 'pass' | 'fail' | 'inconclusive',
): Promise<void> {
  const { key } = typeof which === 'string' ? await at(scene, which) : which
  const item = await db().runItem.findFirstOrThrow({ where: { runId: scene.runId, key } })
  const { foldOne, stateOf, grade } = await import('#lib/runs/fold.ts')
  const seen = {
    kind: 'observation',
    at: Date.now(),
    observationId: newId(),
    outcome: verdict,
    verdict,
    line: `saw ${verdict}`,
    configHash: 'c',
  } as const
  const fold = foldOne(item.fold as never, seen)
  await db().evidence.create({
    data: {
      id: newId(),
      teamId: scene.team.teamId,
      runId: scene.runId,
      itemId: item.id,
      n: item.version + 1,
      kind: 'observation',
      byName: 'Probe',
      at: new Date(seen.at),
      observationId: seen.observationId,
      verdict,
      line: seen.line,
      configHash: 'c',
    },
  })
  await db().runItem.update({
    where: { id: item.id },
    data: { fold, state: stateOf(fold), grade: grade(fold), version: item.version + 1 },
  })
}
