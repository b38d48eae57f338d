import { isMember } from '#lib/access/actor.ts'
import { mintActor } from '#lib/auth/mint.ts'
import { probeConfigSchema } from '#lib/probes/config.ts'
import {
  failItem,
  markNotApplicable,
  noteItem,
  tickItem,
  untickItem,
  verifyNotApplicable,
  witnessItem,
} from '#lib/runs/commands/items.ts'
import { openRun } from '#lib/runs/commands/open-run.ts'
import { recordObservation } from '#lib/runs/commands/record-observation.ts'
import { sign } from '#lib/runs/commands/sign.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import {
  abort,
  close,
  finishRollback,
  markDeployed,
  rollBack,
  startDeployment,
} from '#lib/runs/commands/steps.ts'
import { getSigningPage } from '#lib/runs/read/signing.ts'
import { claim } from '#lib/runs/worker/attempts.ts'
import { db } from '#lib/server/db.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { slugify } from '#lib/shared/slug.ts'
import type { Act, Deed, Story } from './acts.ts'
import { drawFrom, minutesAfter } from './calendar.ts'
import { carry, NotWritten } from './carry.ts'
import type { Look } from './looks.ts'
import type { People } from './people.ts'
import type { Place } from './place.ts'

const COUNTERSIGN = { kind: 'system', name: 'Countersign' } as const

type Scene = {
  place: Place
  people: People
  look: Look
  address: { team: string; service: string; number: number }
  runId: string
  /** Versions of the items by key, counted here: one each act. */
  versions: Map<string, number>
  ruledOut: ReadonlySet<string>
  draw: () => number
}

function keyOf({ place: { model } }: Scene, beginning: string): string {
  const found =
    model.items.find(({ text }) => text.startsWith(beginning)) ??
    model.steps.find(({ title }) => title.startsWith(beginning))
  if (!found) throw new NotWritten(`The checklist has no item “${beginning}…”.`)
  return found.key
}

const ITEM_COMMANDS = {
  tick: tickItem,
  untick: untickItem,
  fail: failItem,
  notApplicable: markNotApplicable,
  verify: verifyNotApplicable,
  witness: witnessItem,
  note: noteItem,
} as const

type ItemDeed = Extract<Deed, { item: string }>

async function actOnItem(scene: Scene, { at, who, item, ...rest }: Act & ItemDeed): Promise<void> {
  const key = keyOf(scene, item)
  if (scene.ruledOut.has(key)) return
  const version = scene.versions.get(key) ?? 0
  const text = 'note' in rest ? { note: rest.note ?? null } : 'reason' in rest ? { reason: rest.reason } : {}
  await carry(ITEM_COMMANDS[rest.deed] as typeof tickItem, {
    principal: scene.people[who].principal,
    input: { ...scene.address, key, version, ...text },
    at,
  })
  scene.versions.set(key, version + 1)
}

/** Queues probes as the board does, and hands in at once what they would have seen then. */
async function probe(
  scene: Scene,
  { at, keys, broken }: Act & { deed: 'probe'; keys: 'all' | 'failing'; broken: readonly string[] },
) {
  const { address, runId, look, draw, versions } = scene
  await carry(startProbes, { principal: COUNTERSIGN, input: { ...address, keys }, at })
  const waiting = await db().probeAttempt.findMany({
    where: { runId, state: 'queued' },
    orderBy: { id: 'asc' },
    select: { id: true, itemId: true },
  })
  const rows = await db().runItem.findMany({
    where: { id: { in: waiting.map(({ itemId }) => itemId) } },
    select: { id: true, key: true },
  })
  const keyById = new Map(rows.map(({ id, key }) => [id, key]))
  const claimed = new Map(
    (await claim(waiting.map(({ id }) => ({ id, target: id })))).map((one) => [one.id, one]),
  )
  for (const [index, { id, itemId }] of waiting.entries()) {
    const held = claimed.get(id)
    if (!held) throw new NotWritten('A worker took a probe of the sample’s history.')
    const begun = minutesAfter(at, (0.4 + Math.floor(index / 4) * 0.6) / 60)
    const pace = 0.7 + draw() * 0.9
    const config = probeConfigSchema.parse(held.probe)
    const observation = await look({ config, broken, at: begun, pace })
    await carry(recordObservation, {
      principal: COUNTERSIGN,
      input: { team: address.team, attemptId: id, fence: held.fence, observation },
      at: minutesAfter(begun, (0.1 + draw() * 0.3) / 60),
    })
    const key = keyById.get(itemId) ?? ''
    versions.set(key, (versions.get(key) ?? 0) + 1)
  }
}

/** Reads the signing page as the person does, and signs what it shows with their password. */
async function signSlot(
  scene: Scene,
  { at, who, role }: { at: Date; who: keyof People; role: string },
): Promise<void> {
  const { people, address } = scene
  const { principal, password } = people[who]
  const actor = await mintActor({ principal, team: address.team })
  if (typeof actor === 'string' || !isMember(actor))
    throw new NotWritten(`${people[who].name} is not signed in.`)
  const shownAt = minutesAfter(at, -1.5)
  const page = await getSigningPage(actor, { ...address, role: slugify(role), at: shownAt })
  if (!page) throw new NotWritten(`There is no slot for ${role}.`)
  const { text: manifest, mark } = page
  const input = { ...address, role, decision: 'go' as const, reason: null, manifest, mark, password }
  await carry(sign, { principal, input, at })
}

async function perform(scene: Scene, act: Act): Promise<void> {
  const { at, who } = act
  const step = { principal: scene.people[who].principal, input: scene.address, at }
  switch (act.deed) {
    case 'probe':
      return probe(scene, act)
    case 'sign':
      return signSlot(scene, { at, who, role: act.role })
    case 'start':
      return void (await carry(startDeployment, step))
    case 'deployed':
      return void (await carry(markDeployed, step))
    case 'rollBack':
      return void (await carry(rollBack, { ...step, input: { ...scene.address, reason: act.reason } }))
    case 'finishRollback':
      return void (await carry(finishRollback, step))
    case 'abort':
      return void (await carry(abort, { ...step, input: { ...scene.address, reason: act.reason } }))
    case 'close':
      return void (await carry(close, step))
    default:
      return actOnItem(scene, act)
  }
}

/** Writes one run as its story tells it, from the opening to its last act. */
export async function writeRun({
  story,
  place,
  people,
  look,
}: {
  story: Story
  place: Place
  people: People
  look: Look
}): Promise<void> {
  const { team, service, template, model } = place
  const facts = Object.fromEntries(
    model.facts.map(({ key }) => [key, story.unanswered.includes(key) ? null : story.yes.includes(key)]),
  )
  const notApplicable = model.facts
    .filter(({ key }) => facts[key] === false)
    .flatMap(({ itemKeys }) => itemKeys)
  const build = sha256Hex(`${service} ${story.version}`)
  const opened = await carry(openRun, {
    principal: people.ana.principal,
    input: {
      team,
      service,
      environment: story.environment,
      template,
      version: story.version,
      commit: build.slice(0, 40),
      artifactDigest: `sha256:${sha256Hex(build)}`,
      author: { name: `${people.ana.name} <${people.ana.email}>` },
      changeTicket: story.ticket,
      windowStart: story.window?.start.toISOString() ?? null,
      windowEnd: story.window?.end.toISOString() ?? null,
      facts,
      notApplicable,
    },
    at: story.openedAt,
  })
  const scene: Scene = {
    place,
    people,
    look,
    address: { team, service, number: opened.number },
    runId: opened.runId,
    versions: new Map(notApplicable.map((key) => [key, 1])),
    ruledOut: new Set(notApplicable),
    draw: drawFrom(opened.number),
  }
  for (const act of story.acts) await perform(scene, act)
}
