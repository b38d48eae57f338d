import { randomUUID } from 'node:crypto'
import { sendNotice } from '#lib/notify/commands/send-notice.ts'
import { getNoticeOffer } from '#lib/notify/read/notice-offer.ts'
import type { ItemView } from '#lib/runs/board.ts'
import { db } from '#lib/server/db.ts'
import { forgetMail } from '#lib/server/mail.ts'
import { noticeToken } from '#lib/server/notice-keys.ts'
import {
  itemOf,
  makeScene,
  memberOf,
  type OpenedScene,
  openScene,
  type Scene,
} from '#tests/commands/runs/fixture.ts'
import { act, done, type Person } from '#tests/commands/teams/people.ts'

/** The environment of this process with these variables; what was read of it before is forgotten. */
export function setEnvironment(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  delete (globalThis as { countersignEnv?: unknown }).countersignEnv
  forgetMail()
}

export const ITEM = 'On-call team notified'

export function checklist(notice: string, stage = 'Pre-Deployment'): string {
  return `# Notices ${randomUUID()}

## ${stage}

- [ ] ${ITEM} of deployment <!-- notice: ${notice} -->
- [ ] Tests pass

## Sign-Off

| Role | Name | Date | Signature |
|------|------|------|-----------|
| Developer | | | |
`
}

export async function openNoticeScene({
  notice,
  variables = {},
  allowList = [],
  stage,
}: {
  notice: string
  variables?: Record<string, string>
  allowList?: string[]
  stage?: string
}): Promise<OpenedScene> {
  const scene: Scene = await makeScene({ source: checklist(notice, stage) })
  await db().environment.updateMany({ where: { teamId: scene.team.teamId }, data: { variables, allowList } })
  return openScene(scene)
}

/** What the dialog would show. */
export async function offerOf(scene: OpenedScene, person: Person) {
  const { key } = await itemOf(scene, person, ITEM)
  const actor = await memberOf(person.principal, scene.team.slug)
  const offer = await getNoticeOffer(actor, { runId: scene.runId, key })
  if (!offer) throw new Error('no offer')
  return offer
}

/** The input of a press on “Send”, as the dialog makes it. */
export async function inputOf(scene: OpenedScene, person: Person, message?: string) {
  const { key, version } = await itemOf(scene, person, ITEM)
  const offer = await offerOf(scene, person)
  return {
    ...scene.address,
    key,
    version,
    message: message ?? offer.message,
    receivers: offer.receivers.filter(({ problem }) => problem === null).map(({ label }) => label),
  }
}

export async function send(scene: OpenedScene, person: Person, message?: string): Promise<ItemView> {
  return done(act(sendNotice, person.principal, await inputOf(scene, person, message)))
}

/** The secret ends of the links of the item's notices, newest notice last, in the order of the receivers. */
export async function tokensOf(scene: OpenedScene): Promise<string[]> {
  const notices = await db().notice.findMany({ where: { runId: scene.runId }, orderBy: { sentAt: 'asc' } })
  const receivers = await db().noticeReceiver.findMany({
    where: { runId: scene.runId },
    orderBy: { ordinal: 'asc' },
  })
  return notices.flatMap(({ id }) =>
    receivers.filter(({ noticeId }) => noticeId === id).map((receiver) => noticeToken(receiver.id)),
  )
}
