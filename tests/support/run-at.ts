import { paths } from '#lib/shared/paths.ts'
import { FROM_ROLL_OUT } from './checklist.ts'
import { addMemberAt, type Member, makeTeamAt, principalOf, type TeamAt } from './people-at.ts'

/** Prepare items of two sections, one of them outside of Security's scope; a step, verify, rollback. */
export const CHECKLIST = `# Small checklist

## Pre-Deployment

### Code
- [ ] Tests pass
- [ ] Branch is merged

### Security
- [ ] Access reviewed
- [ ] Secrets rotated

## Deployment

${FROM_ROLL_OUT}`

export type SceneAt = {
  team: TeamAt
  ana: Member
  bo: Member
  cy: Member
  template: string
  service: string
}

async function done<T>(
  answer: Promise<{ ok: true; value: { value: T } } | { ok: false; refusal: { message: string } }>,
): Promise<T> {
  const result = await answer
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value.value
}

/** A team with Ana (Developer), Bo (DevOps) and Cy (Security), a service `web` and a checklist. */
export async function makeSceneAt({
  source = CHECKLIST,
  checklist = 'Small',
  name = '',
} = {}): Promise<SceneAt> {
  const { runCommand } = await import('#lib/door/run-command.ts')
  const { createService } = await import('#lib/services/commands/create-service.ts')
  const { publishTemplate } = await import('#lib/templates/commands.ts')
  const { newSecret } = await import('#lib/server/ids.ts')
  const team = await makeTeamAt(name || `Team ${newSecret(4).replace(/\W/g, 'x')}`)
  const ana = await addMemberAt(team, { name: 'Ana', roles: ['Developer'] })
  const bo = await addMemberAt(team, { name: 'Bo', roles: ['DevOps'] })
  const cy = await addMemberAt(team, { name: 'Cy', roles: ['Security'] })
  const principal = await principalOf(team.owner)
  const service = await done(
    runCommand(createService, { principal, input: { team: team.slug, name: 'web' } }),
  )
  const published = await done(
    runCommand(publishTemplate, { principal, input: { team: team.slug, name: checklist, source } }),
  )
  return { team, ana, bo, cy, service: service.slug, template: published.slug }
}

/** Where the probes of the scene's runs in production look, and what they may reach. */
export async function pointProbesAt(
  { team, service }: SceneAt,
  settings: { variables: string; allowList: string; secrets?: Record<string, string> },
): Promise<void> {
  const { runCommand } = await import('#lib/door/run-command.ts')
  const { changeEnvironment } = await import('#lib/services/commands/change-environment.ts')
  const input = { team: team.slug, service, environment: 'production', version: 1, ...settings }
  await done(runCommand(changeEnvironment, { principal: await principalOf(team.owner), input }))
}

export type RunAt = SceneAt & { number: number; runId: string; board: string }

/** A run of the scene to production, opened by Ana. `board` is its address. */
export async function openRunAt(scene: SceneAt): Promise<RunAt> {
  const { runCommand } = await import('#lib/door/run-command.ts')
  const { openRun } = await import('#lib/runs/commands/open-run.ts')
  const { team, service, template } = scene
  const input = {
    team: team.slug,
    service,
    template,
    environment: 'production',
    version: 'v1.0.0',
    commit: '8f3c2d1',
  }
  const { runId, number } = await done(
    runCommand(openRun, { principal: await principalOf(scene.ana), input }),
  )
  return { ...scene, runId, number, board: paths.run({ team: team.slug, service, number }) }
}

/** Settles every open prepare item that is not in `except`, as Bo. */
export async function settleAt(run: RunAt, { except = [] }: { except?: string[] } = {}): Promise<void> {
  const { runCommand } = await import('#lib/door/run-command.ts')
  const { tickItem } = await import('#lib/runs/commands/items.ts')
  const { db } = await import('#lib/server/db.ts')
  const items = await db().runItem.findMany({
    where: { runId: run.runId, stage: 'prepare', state: 'open', text: { notIn: except } },
    orderBy: { ordinal: 'asc' },
  })
  const principal = await principalOf(run.bo)
  for (const { key, version } of items) {
    const input = { team: run.team.slug, service: run.service, number: run.number, key, version, note: null }
    await done(runCommand(tickItem, { principal, input }))
  }
}

/** One act of somebody at one item, as the commands do it; `item` begins the item's text, `words` are the note or reason. */
export async function actAt(
  run: RunAt,
  {
    who,
    item,
    act,
    words: reason = 'Seen while the scene was set.',
  }: { who: Member; item: string; act: 'tick' | 'fail' | 'notApplicable'; words?: string },
): Promise<void> {
  const { runCommand } = await import('#lib/door/run-command.ts')
  const { failItem, markNotApplicable, tickItem } = await import('#lib/runs/commands/items.ts')
  const { db } = await import('#lib/server/db.ts')
  const { key, version } = await db().runItem.findFirstOrThrow({
    where: { runId: run.runId, text: { startsWith: item } },
    orderBy: { ordinal: 'asc' },
  })
  const principal = await principalOf(who)
  const base = { team: run.team.slug, service: run.service, number: run.number, key, version }
  if (act === 'tick') await done(runCommand(tickItem, { principal, input: { ...base, note: reason } }))
  if (act === 'fail') await done(runCommand(failItem, { principal, input: { ...base, reason } }))
  if (act === 'notApplicable')
    await done(runCommand(markNotApplicable, { principal, input: { ...base, reason } }))
}
