import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isMember, type MemberActor } from '#lib/access/actor.ts'
import { mintActor } from '#lib/auth/mint.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { acknowledgeNotice } from '#lib/notify/commands/acknowledge-notice.ts'
import { sendNotice } from '#lib/notify/commands/send-notice.ts'
import { getNoticeOffer } from '#lib/notify/read/notice-offer.ts'
import type { ItemView } from '#lib/runs/board.ts'
import { tickItem, witnessItem } from '#lib/runs/commands/items.ts'
import { openRun } from '#lib/runs/commands/open-run.ts'
import { sign } from '#lib/runs/commands/sign.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { markDeployed, startDeployment } from '#lib/runs/commands/steps.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { getSigningPage } from '#lib/runs/read/signing.ts'
import { db } from '#lib/server/db.ts'
import { changeEnvironment } from '#lib/services/commands/change-environment.ts'
import { makeGateToken } from '#lib/services/commands/make-gate-token.ts'
import { setSecret } from '#lib/services/commands/set-secret.ts'
import { paths } from '#lib/shared/paths.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { SHA } from '#tests/peers/forge-api.ts'
import { reports } from '#tests/peers/seed/reports.ts'
import type { SeedWorld } from '#tests/peers/seed/world.ts'
import { addMemberAt, type Member, PASSWORD, principalOf } from './people-at.ts'
import { makeSceneAt } from './run-at.ts'

const SOURCE = readFileSync(
  new URL('../../lib/templates/gallery/production-deployment.md', import.meta.url),
  'utf8',
)
const ROLES = ['Developer', 'Reviewer', 'DevOps', 'Security'] as const
type Role = (typeof ROLES)[number]

export type Demo = {
  world: SeedWorld
  url: string
  board: string
  people: { name: string; email: string; does: string }[]
  signers: Record<Role, Member>
  address: { team: string; service: string; number: number }
  runId: string
  token: string
}

type Answer<T> = Promise<{ ok: true; value: { value: T } } | { ok: false; refusal: { message: string } }>

async function done<T>(answer: Answer<T>): Promise<T> {
  const result = await answer
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value.value
}

/** A team of four who sign, an environment that names all of the world, and a run of the shipped checklist. */
export async function openDemo({ world, url }: { world: SeedWorld; url: string }): Promise<Demo> {
  const scene = await makeSceneAt({ source: SOURCE, checklist: 'Production deployment', name: 'Acme Health' })
  const rev = await addMemberAt(scene.team, { name: 'Rev', roles: ['Reviewer'] })
  const principal = await principalOf(scene.team.owner)
  const place = { team: scene.team.slug, service: scene.service, environment: 'production' }
  const variables = Object.entries(world.variables).map(([name, value]) => `${name}=${value}`)
  await done(
    runCommand(changeEnvironment, {
      principal,
      input: {
        ...place,
        variables: variables.join('\n'),
        allowList: world.allowList.join('\n'),
        version: 1,
      },
    }),
  )
  for (const [name, secret] of Object.entries(world.secrets))
    await done(runCommand(setSecret, { principal, input: { ...place, name, secret, version: 0 } }))
  const asked = { ...place, environment: null, scopes: ['evidence'], days: 30, name: 'CI' }
  const { token } = await done(runCommand(makeGateToken, { principal, input: asked as never }))
  await untilCounted(world, 'sum(increase(http_requests_total[5m])) > 200')
  const input = {
    ...place,
    template: scene.template,
    version: 'v1.0.0',
    commit: SHA,
    author: { name: 'Ana' },
    facts: Object.fromEntries(parseTemplate(SOURCE).facts.map(({ key }) => [key, true])),
  }
  const opened = await done(runCommand(openRun, { principal: await principalOf(scene.ana), input }))
  const address = { team: place.team, service: place.service, number: opened.number }
  const signers = { Developer: scene.ana, Reviewer: rev, DevOps: scene.bo, Security: scene.cy }
  const people = ROLES.map((role) => ({ ...signers[role], does: `signs as ${role}` }))
  const owner = { ...scene.team.owner, does: 'owns the team' }
  const demo = { world, url, board: paths.run(address), people: [owner, ...people], signers, address, token }
  return { ...demo, runId: opened.runId }
}

async function untilCounted({ prometheus }: SeedWorld, query: string): Promise<void> {
  await until(async () => {
    const answer = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`)
    return ((await answer.json()) as { data: { result: unknown[] } }).data.result.length > 0
  })
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 120_000; !(await isSo()); await sleep(300))
    if (Date.now() > end) throw new Error('It did not come about within two minutes.')
}

const memberOf = async (who: Member, team: string): Promise<MemberActor> => {
  const actor = await mintActor({ principal: await principalOf(who), team })
  if (typeof actor === 'string' || !isMember(actor)) throw new Error(`${who.name} is no member.`)
  return actor
}

async function itemsOf({ signers, address }: Demo): Promise<ItemView[]> {
  const board = await getBoard(await memberOf(signers.Developer, address.team), address)
  if (board === null) throw new Error('The run is not there.')
  return board.items
}

const settled = ({ runId }: Demo) =>
  until(
    async () =>
      (await db().probeAttempt.count({ where: { runId, state: { in: ['queued', 'running'] } } })) === 0,
  )

/** What a pipeline and a job do, over HTTP with a token; then the notices that are open, and who acknowledges them. */
export async function fillDemo(demo: Demo, isBroken = false): Promise<void> {
  const { url, token, address } = demo
  const headers = { authorization: `Bearer ${token}` }
  const place = `service=${address.service}&environment=production`
  for (const { query, body } of reports(isBroken)) {
    const asked = `${place}&${new URLSearchParams({ commit: SHA, ...query })}`
    await fetch(`${url}/api/v1/reports?${asked}`, { method: 'PUT', headers, body })
  }
  const said = isBroken ? { status: 'failed', message: 'disk full' } : { status: 'ok', sizeBytes: 5_000_000 }
  const beat = { method: 'POST', headers, body: JSON.stringify(said) }
  await fetch(`${url}/api/v1/heartbeats/database-backup?${place}`, beat)
  await settled(demo)
  if (!isBroken) await tellEverybody(demo)
}

async function tellEverybody(demo: Demo): Promise<void> {
  const { world, runId, address, signers } = demo
  const viewer = await memberOf(signers.Developer, address.team)
  const principal = await principalOf(signers.Developer)
  for (const { key, version, can, notice } of await itemsOf(demo)) {
    if (!notice || notice.sent || !can.notify) continue
    const offer = await getNoticeOffer(viewer, { runId, key })
    const receivers = offer?.receivers.map(({ label }) => label) ?? []
    const input = { ...address, key, version, message: offer?.message ?? '', receivers }
    await done(runCommand(sendNotice, { principal, input }))
  }
  await until(
    async () => (await db().noticeDelivery.count({ where: { runId, state: { not: 'sent' } } })) === 0,
  )
  const letters = [...world.mail.mails.splice(0).map(({ body }) => body), ...world.hooked.splice(0)]
  for (const words of letters) {
    const link = /\/ack\/([\w-]{43})/.exec(words)?.[1]
    if (link === undefined) continue
    const input = { token: link, name: 'Kim Park' }
    await done(runCommand(acknowledgeNotice, { principal: { kind: 'anonymous', ip: '127.0.0.1' }, input }))
  }
}

/** What is left to people before the go, the four signatures, and the way to "Deployed". */
export async function deployDemo(demo: Demo): Promise<void> {
  const { signers, address } = demo
  await settle(demo, 'prepare')
  for (const role of ROLES) {
    const actor = await memberOf(signers[role], address.team)
    const page = await getSigningPage(actor, { ...address, role: role.toLowerCase(), at: new Date() })
    if (!page) throw new Error(`There is no slot for ${role}.`)
    const { text: manifest, mark } = page
    const input = {
      ...address,
      role,
      decision: 'go' as const,
      reason: null,
      manifest,
      mark,
      password: PASSWORD,
    }
    await done(runCommand(sign, { principal: await principalOf(signers[role]), input }))
  }
  const principal = await principalOf(signers.DevOps)
  await done(runCommand(startDeployment, { principal, input: address }))
  await settle(demo, 'deploy')
  await done(runCommand(markDeployed, { principal, input: address }))
}

/** Bo ticks what no machine shows, Cy what is Security's; the other one witnesses where two are wanted. */
async function settle(demo: Demo, stage: string): Promise<void> {
  const { DevOps, Security, Developer } = demo.signers
  for (const item of (await itemsOf(demo)).filter((one) => one.stage === stage && one.state === 'open')) {
    const who = item.ownerRole === 'Security' ? Security : DevOps
    const input = { ...demo.address, key: item.key, version: item.version }
    await done(
      runCommand(tickItem, { principal: await principalOf(who), input: { ...input, note: 'Looked at.' } }),
    )
    if (item.minGrade !== 'witnessed') continue
    const version = item.version + 1
    await done(
      runCommand(witnessItem, {
        principal: await principalOf(Developer),
        input: { ...input, version, note: null },
      }),
    )
  }
}

/** Everything breaks, and every probe looks again. */
export async function breakDemo(demo: Demo): Promise<void> {
  await demo.world.breakAll()
  await fillDemo(demo, true)
  await sleep(5_000)
  const principal = await principalOf(demo.signers.Developer)
  await done(runCommand(startProbes, { principal, input: { ...demo.address, keys: 'all' } }))
  await settled(demo)
}

/** The items of the checklist in one line, by what stands behind them. */
export async function counted(demo: Demo): Promise<string> {
  const items = (await itemsOf(demo)).filter(({ kind }) => kind === 'item')
  const of = (isSo: (item: ItemView) => boolean) => items.filter(isSo).length
  const graded = (grade: string) => of(({ state, grade: own }) => state === 'passed' && own === grade)
  return `${items.length} items: ${graded('observed')} observed, ${graded('witnessed')} witnessed, ${graded('claimed')} claimed, ${of(({ state }) => state === 'failed')} failed, ${of(({ state }) => state === 'open')} open`
}
