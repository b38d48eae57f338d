import { beforeAll, describe, expect, it } from 'vitest'
import { acknowledgeNotice } from '#lib/notify/commands/acknowledge-notice.ts'
import { recordDelivery } from '#lib/notify/commands/record-delivery.ts'
import { remindNotice } from '#lib/notify/commands/remind-notice.ts'
import { sendNotice } from '#lib/notify/commands/send-notice.ts'
import { tickItem, untickItem } from '#lib/runs/commands/items.ts'
import { db } from '#lib/server/db.ts'
import { boardOf, itemOf } from '#tests/commands/runs/fixture.ts'
import { act, codeOf, done, linesOf, nobody, SYSTEM } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { ITEM, inputOf, offerOf, openNoticeScene, send, setEnvironment, tokensOf } from './fixture.ts'

useTestDatabase()

const MAIL = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'Countersign <alerts@example.com>' }
beforeAll(() => setEnvironment(MAIL))

describe('what would be sent', () => {
  it('is the whole letter, with service, environment, release, item and whoever sends it', async () => {
    const scene = await openNoticeScene({ notice: 'mail on-call@example.com, text "Going live."' })
    const offer = await offerOf(scene, scene.ana)
    expect(offer.subject).toBe(`Web v1.0.0 to production: ${ITEM} of deployment`)
    expect(offer.message).toBe('Going live.')
    const letter = `${offer.before}${offer.message}${offer.after}`
    for (const words of ['Web to production', 'run #1', 'v1.0.0, commit 8f3c2d1', 'Sent by: Ana', ITEM])
      expect(letter).toContain(words)
    expect(letter).toContain('{the link of this receiver}')
    expect(offer.receivers).toEqual([{ label: 'on-call@example.com', problem: null }])
  })

  it('says of each receiver why it cannot be told', async () => {
    const scene = await openNoticeScene({
      notice: `mail $\{MISSING}, mail $\{BAD}, webhook $\{HOOK}, webhook $\{UNLISTED}, role Nobody`,
      variables: { BAD: 'not-an-address', HOOK: 'ftp://x', UNLISTED: 'https://chat.example.com/secret-path' },
    })
    const { receivers } = await offerOf(scene, scene.ana)
    expect(receivers.map(({ problem }) => problem)).toEqual([
      'MISSING is not set in production. An administrator can set it on the service’s page.',
      '“not-an-address” is no mail address.',
      `webhook $\{HOOK} is no http or https address.`,
      expect.stringContaining('chat.example.com:443 is not on this environment'),
      'Nobody holds the role Nobody.',
    ])
    expect(JSON.stringify(receivers)).not.toContain('secret-path')
    expect(await codeOf(act(sendNotice, scene.ana.principal, await inputOf(scene, scene.ana)))).toBe(
      'nobody_to_notify',
    )
  })

  it('names several addresses of one variable, and the holders of a role once each', async () => {
    const scene = await openNoticeScene({
      notice: `mail $\{ONCALL}, role DevOps`,
      variables: { ONCALL: 'a@example.com, b@example.com;A@example.com' },
    })
    const { receivers } = await offerOf(scene, scene.ana)
    expect(receivers.map(({ label }) => label)).toEqual([
      'a@example.com',
      'b@example.com',
      `Bo <${scene.bo.email}>`,
    ])
  })

  it('says that this instance sends no mail, and what to do instead', async () => {
    setEnvironment({ SMTP_URL: undefined, MAIL_FROM: undefined })
    const scene = await openNoticeScene({ notice: 'mail on-call@example.com' })
    const refusal = await act(sendNotice, scene.ana.principal, await inputOf(scene, scene.ana))
    setEnvironment(MAIL)
    expect(refusal).toMatchObject({ ok: false, refusal: { code: 'nobody_to_notify' } })
    expect(JSON.stringify(refusal)).toContain('SMTP_URL')
    const item = await itemOf(scene, scene.ana, ITEM)
    const { key, version } = item
    expect(item.tickNeedsNote).toBe(true)
    const ticked = await done(
      act(tickItem, scene.ana.principal, { ...scene.address, key, version, note: 'told Cy by phone' }),
    )
    expect(ticked).toMatchObject({ state: 'passed', grade: 'claimed' })
  })
})

describe('sending', () => {
  it('queues one letter a receiver, commits to its text in the log, and settles nothing yet', async () => {
    const scene = await openNoticeScene({ notice: 'mail a@example.com, role DevOps' })
    const sent = await send(scene, scene.ana, 'We go at nine.')
    expect(sent).toMatchObject({ state: 'open', grade: 'unproven' })
    expect(sent.notice?.sent?.receivers.map(({ label, state }) => [label, state])).toEqual([
      ['a@example.com', 'queued'],
      [`Bo <${scene.bo.email}>`, 'queued'],
    ])
    expect(await itemOf(scene, scene.ana, ITEM)).toMatchObject({ notice: sent.notice })
    const line = (await linesOf(scene.runId)).at(-1)
    expect(line).toMatchObject({
      action: 'run.notice_sent',
      actor: { kind: 'person', name: 'Ana' },
      data: {
        need: 'one',
        release: { version: 'v1.0.0' },
        receivers: [{ memberId: null }, { memberId: scene.bo.memberId }],
      },
    })
    expect(JSON.stringify(line)).not.toContain('example.com')
    const { messageId } = await db().notice.findFirstOrThrow({ where: { runId: scene.runId } })
    const kept = await db().auditText.findUniqueOrThrow({ where: { id: messageId } })
    expect(kept.body).toContain('To: a@example.com, Bo <')
    expect(kept.body).toContain('\n\nWe go at nine.\n')
    expect(line).toMatchObject({ data: { message: { textId: messageId } } })
  })

  it('of two people at once: the later one is told whose notice stands', async () => {
    const scene = await openNoticeScene({ notice: 'mail a@example.com' })
    const [one, other] = [await inputOf(scene, scene.ana), await inputOf(scene, scene.bo)]
    const answers = await Promise.all([
      act(sendNotice, scene.ana.principal, one),
      act(sendNotice, scene.bo.principal, other),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const lost = answers.find(({ ok }) => !ok)
    expect(lost).toMatchObject({
      refusal: { code: 'lost_race', message: expect.stringMatching(/^(Ana|Bo) sent the notice of this at/) },
    })
    expect(await db().notice.count({ where: { runId: scene.runId } })).toBe(1)
  })

  it('is refused when the receivers are no longer those that were shown, or not all can be told', async () => {
    const scene = await openNoticeScene({ notice: `mail $\{TO}`, variables: { TO: 'a@example.com' } })
    const input = await inputOf(scene, scene.ana)
    const teamId = scene.team.teamId
    await db().environment.updateMany({ where: { teamId }, data: { variables: { TO: 'b@example.com' } } })
    expect(await codeOf(act(sendNotice, scene.ana.principal, input))).toBe('receivers_changed')
    const all = await openNoticeScene({ notice: 'mail a@example.com, role Nobody, need all' })
    expect(await codeOf(act(sendNotice, all.ana.principal, await inputOf(all, all.ana)))).toBe(
      'not_all_reached',
    )
  })

  it('is refused to whoever may not tick, at an item without a notice, and when the run is over', async () => {
    const scene = await openNoticeScene({ notice: 'mail a@example.com' })
    const input = await inputOf(scene, scene.ana)
    expect(await codeOf(act(sendNotice, scene.eve.principal, input))).toBe('forbidden')
    const other = await itemOf(scene, scene.ana, 'Tests pass')
    expect(
      await codeOf(
        act(sendNotice, scene.ana.principal, { ...input, key: other.key, version: other.version }),
      ),
    ).toBe('no_notice')
    await db().run.update({ where: { id: scene.runId }, data: { state: 'aborted' } })
    expect(await codeOf(act(sendNotice, scene.ana.principal, input))).toBe('run_over')
  })
})

describe('reminding', () => {
  it('queues the letters of those whose word is missing again, once', async () => {
    const scene = await openNoticeScene({ notice: 'mail a@example.com, mail b@example.com, need all' })
    const { key } = await send(scene, scene.ana)
    const input = { ...scene.address, key, receivers: 'all' as const }
    expect(await done(act(remindNotice, scene.bo.principal, input))).toEqual({ receivers: 0 })
    await db().noticeDelivery.updateMany({ where: { runId: scene.runId }, data: { state: 'sent' } })
    const [first = ''] = await tokensOf(scene)
    await done(act(acknowledgeNotice, nobody(), { token: first, name: 'Kim' }))
    expect(await done(act(remindNotice, scene.bo.principal, input))).toEqual({ receivers: 1 })
    expect((await linesOf(scene.runId)).at(-1)).toMatchObject({
      action: 'run.notice_reminded',
      actor: { name: 'Bo' },
    })
    const numbers = await db().noticeDelivery.findMany({ where: { runId: scene.runId } })
    expect(numbers.map(({ number, state }) => [number, state]).toSorted()).toEqual([
      [1, 'sent'],
      [1, 'sent'],
      [2, 'queued'],
    ])
  })

  it('is refused after the links have expired', async () => {
    const scene = await openNoticeScene({ notice: 'mail a@example.com' })
    const { key, notice } = await send(scene, scene.ana)
    await db().noticeDelivery.updateMany({ where: { runId: scene.runId }, data: { state: 'failed' } })
    const past = { principal: scene.ana.principal, input: { ...scene.address, key, receivers: 'all' } }
    const { runCommand } = await import('#lib/door/run-command.ts')
    const late = new Date((notice?.sent?.expiresAt ?? 0) + 1)
    expect(await codeOf(runCommand(remindNotice, { ...past, at: late }))).toBe('notice_expired')
  })
})

describe('the outcome of a letter', () => {
  it('is taken from the worker that holds it and nobody else, and enters the log', async () => {
    const scene = await openNoticeScene({ notice: 'mail a@example.com' })
    await send(scene, scene.ana)
    const { id } = await db().noticeDelivery.findFirstOrThrow({ where: { runId: scene.runId } })
    await db().noticeDelivery.update({ where: { id }, data: { state: 'sending', fence: 2 } })
    const said = { team: scene.team.slug, deliveryId: id, taken: false, words: '550 no such mailbox' }
    expect(await codeOf(act(recordDelivery, scene.ana.principal, { ...said, fence: 2 }))).toBe('not_found')
    expect(await codeOf(act(recordDelivery, SYSTEM, { ...said, fence: 1 }))).toBe('delivery_over')
    await done(act(recordDelivery, SYSTEM, { ...said, fence: 2 }))
    expect((await linesOf(scene.runId)).at(-1)).toMatchObject({
      action: 'run.notice_delivered',
      actor: { kind: 'system' },
      data: { taken: false, words: '550 no such mailbox' },
    })
    const [receiver] = (await itemOf(scene, scene.ana, ITEM)).notice?.sent?.receivers ?? []
    expect(receiver).toMatchObject({ state: 'failed', words: '550 no such mailbox' })
    expect((await boardOf(scene, scene.ana)).activity[0]?.text).toContain('550 no such mailbox')
  })
})

describe('taking a mark back', () => {
  it('takes the acknowledgement with it, and the notice can be sent anew', async () => {
    const scene = await openNoticeScene({ notice: 'mail a@example.com' })
    await send(scene, scene.ana)
    const [token = ''] = await tokensOf(scene)
    await done(act(acknowledgeNotice, nobody(), { token, name: 'Kim Park' }))
    const passed = await itemOf(scene, scene.ana, ITEM)
    expect(passed).toMatchObject({ state: 'passed', grade: 'claimed', untickNeedsReason: true })
    const { key, version } = passed
    await done(
      act(untickItem, scene.ana.principal, { ...scene.address, key, version, reason: 'wrong mailbox' }),
    )
    const open = await itemOf(scene, scene.ana, ITEM)
    expect(open).toMatchObject({
      state: 'open',
      grade: 'unproven',
      notice: { sent: null },
      can: { notify: true },
    })
    await send(scene, scene.ana)
    expect(await db().notice.count({ where: { runId: scene.runId } })).toBe(2)
  })
})
