import { createHmac } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { acknowledgeNotice } from '#lib/notify/commands/acknowledge-notice.ts'
import { remindNotice } from '#lib/notify/commands/remind-notice.ts'
import { startNoticeWorker } from '#lib/notify/worker/notice-worker.ts'
import type { ReceiverView } from '#lib/runs/notice-view.ts'
import { db } from '#lib/server/db.ts'
import { makeWebhookSecret } from '#lib/services/commands/make-webhook-secret.ts'
import { setSecret } from '#lib/services/commands/set-secret.ts'
import { ITEM, openNoticeScene, send, setEnvironment } from '#tests/commands/notify/fixture.ts'
import { itemOf, type OpenedScene } from '#tests/commands/runs/fixture.ts'
import { act, done, linesOf, nobody } from '#tests/commands/teams/people.ts'
import { until } from '#tests/commands/worker/probed-run.ts'
import { type MailServer, startMailServer } from '#tests/support/mail-server.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

type Call = { path: string; headers: http.IncomingHttpHeaders; body: string }

const calls: Call[] = []
let answer = 200
let server: MailServer
let worker: ReturnType<typeof startNoticeWorker> | null = null

const receiver = http.createServer((request, response) => {
  void text(request).then((body) => {
    calls.push({ path: request.url ?? '', headers: request.headers, body })
    response.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end('ok')
  })
})
let hook = ''

beforeAll(async () => {
  server = await startMailServer()
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve)
  })
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  setEnvironment({ SMTP_URL: server.url, MAIL_FROM: 'Countersign <alerts@example.com>' })
})
afterEach(async () => {
  await worker?.stop()
  worker = null
  calls.length = 0
  server.mails.length = 0
  answer = 200
  setEnvironment({ SMTP_URL: server.url })
})
afterAll(async () => {
  setEnvironment({ SMTP_URL: undefined, MAIL_FROM: undefined })
  await server.close()
  await new Promise((resolve) => receiver.close(resolve))
})

async function receiversOf(scene: OpenedScene): Promise<ReceiverView[]> {
  return (await itemOf(scene, scene.ana, ITEM)).notice?.sent?.receivers ?? []
}

function ended(scene: OpenedScene): Promise<void> {
  return until('every letter has ended or waits for another try', async () =>
    (await receiversOf(scene)).every(
      ({ state, attempts }) => state !== 'sending' && (state !== 'queued' || attempts > 0),
    ),
  )
}

const tokenIn = (words: string): string => /\/ack\/([\w-]{43})/.exec(words)?.[1] ?? ''

describe('a mail', () => {
  it('arrives as it was shown, with a link of its own that ticks the item', async () => {
    const scene = await openNoticeScene({ notice: 'mail on-call@example.com, role DevOps' })
    worker = startNoticeWorker()
    await send(scene, scene.ana, 'Going live — at nine.')
    await ended(scene)
    expect(server.mails).toHaveLength(2)
    const mail = server.mails.find(({ to }) => to.includes('on-call@example.com'))
    expect(mail?.headers).toMatchObject({
      from: 'Countersign <alerts@example.com>',
      to: 'on-call@example.com',
      subject: `Web v1.0.0 to production: ${ITEM} of deployment`,
      'auto-submitted': 'auto-generated',
    })
    expect(mail?.body).toMatch(/^Going live — at nine\.\n\nItem: On-call team notified of deployment\n/)
    expect(mail?.body).toContain('Release: v1.0.0, commit 8f3c2d1')
    const [first, second] = server.mails.map(({ body }) => tokenIn(body))
    expect(first).toHaveLength(43)
    expect(second).not.toBe(first)
    expect((await receiversOf(scene)).map(({ state }) => state)).toEqual(['sent', 'sent'])

    const said = await done(
      act(acknowledgeNotice, nobody(), { token: tokenIn(mail?.body ?? ''), name: 'Kim Park' }),
    )
    expect(said).toMatchObject({ name: 'Kim Park', met: true })
    expect(await itemOf(scene, scene.ana, ITEM)).toMatchObject({
      state: 'passed',
      grade: 'claimed',
      line: {
        text: expect.stringMatching(/^Acknowledged by Kim Park .* by the link sent to on-call@example.com/),
      },
    })
    const actions = (await linesOf(scene.runId)).map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('run.notice'))).toEqual([
      'run.notice_sent',
      'run.notice_delivered',
      'run.notice_delivered',
      'run.notice_acknowledged',
    ])
  })

  it('that is refused for good says so in the server’s words; one that may do better waits for its next try', async () => {
    server.refuse.set('gone@example.com', { code: 550, words: '5.1.1 no such mailbox' })
    server.refuse.set('busy@example.com', { code: 451, words: '4.7.1 greylisted, try again' })
    const scene = await openNoticeScene({ notice: 'mail gone@example.com, mail busy@example.com' })
    worker = startNoticeWorker()
    await send(scene, scene.ana)
    await ended(scene)
    const [gone, busy] = await receiversOf(scene)
    expect(gone).toMatchObject({ state: 'failed', attempts: 1 })
    expect(gone?.words).toContain('the mail server refused the address: 550 5.1.1 no such mailbox')
    expect(busy).toMatchObject({ state: 'queued', attempts: 1 })
    expect(busy?.words).toContain('asks to wait: 451')
    expect(busy?.nextAt).toBeGreaterThan(0)

    server.refuse.clear()
    // The next try is due: what would be five seconds later in life.
    await db().noticeDelivery.updateMany({
      where: { runId: scene.runId, state: 'queued' },
      data: { nextAt: new Date(0) },
    })
    await until('the second try has arrived', async () => (await receiversOf(scene))[1]?.state === 'sent')
    expect(server.mails.map(({ to }) => to)).toEqual([['busy@example.com']])

    const { key } = await itemOf(scene, scene.ana, ITEM)
    await done(act(remindNotice, scene.ana.principal, { ...scene.address, key, receivers: 'all' }))
    await ended(scene)
    expect(server.mails.map(({ headers }) => headers.subject?.startsWith('Reminder: '))).toEqual([
      false,
      true,
      true,
    ])
    const [, ...again] = server.mails
    expect(new Set(again.map(({ body }) => tokenIn(body))).size).toBe(2)
    expect(tokenIn(again.find(({ to }) => to[0] === 'busy@example.com')?.body ?? '')).toBe(
      tokenIn(server.mails[0]?.body ?? ''),
    )
  })

  it('to a server that is not there waits, and is given up after its last try', async () => {
    setEnvironment({ SMTP_URL: 'smtp://127.0.0.1:9' })
    const scene = await openNoticeScene({ notice: 'mail on-call@example.com' })
    await send(scene, scene.ana)
    await db().noticeDelivery.updateMany({ where: { runId: scene.runId }, data: { attempts: 4 } })
    worker = startNoticeWorker()
    await until('its last try has ended', async () => {
      const [one] = await receiversOf(scene)
      return one?.state === 'queued' && one.attempts === 5
    })
    expect(await receiversOf(scene)).toMatchObject([
      { state: 'queued', attempts: 5, words: expect.stringContaining('cannot be reached') },
    ])
    await db().noticeDelivery.updateMany({ where: { runId: scene.runId }, data: { nextAt: new Date(0) } })
    await until('it is given up', async () => (await receiversOf(scene))[0]?.state === 'failed')
  })

  it('that nobody waits for any more is not sent', async () => {
    const scene = await openNoticeScene({ notice: 'mail on-call@example.com' })
    await send(scene, scene.ana)
    await db().run.update({ where: { id: scene.runId }, data: { state: 'aborted' } })
    worker = startNoticeWorker()
    await until('it is dropped', async () => (await receiversOf(scene))[0]?.state === 'dropped')
    expect(server.mails).toEqual([])
  })

  it('whose worker was gone is sent by another, once its lease has run out', async () => {
    const scene = await openNoticeScene({ notice: 'mail on-call@example.com' })
    await send(scene, scene.ana)
    await db().noticeDelivery.updateMany({
      where: { runId: scene.runId },
      data: { state: 'sending', fence: 1, attempts: 1, leaseUntil: new Date(0) },
    })
    worker = startNoticeWorker()
    await until('it is sent', async () => (await receiversOf(scene))[0]?.state === 'sent')
    expect(server.mails).toHaveLength(1)
  })

  it('is not handed to a server whose certificate nobody vouches for', async () => {
    const strange = await startMailServer({ startTls: true })
    setEnvironment({ SMTP_URL: strange.url })
    const scene = await openNoticeScene({ notice: 'mail on-call@example.com' })
    worker = startNoticeWorker()
    await send(scene, scene.ana)
    await ended(scene)
    expect(await receiversOf(scene)).toMatchObject([
      { state: 'queued', words: expect.stringContaining('certificate') },
    ])
    expect(strange.mails).toEqual([])
    await strange.close()
  })

  it('is signed in with the operator’s password, and says when that is refused', async () => {
    const guarded = await startMailServer({ auth: true })
    const at = guarded.url.replace('smtp://', 'smtp://mailer:right@')
    setEnvironment({ SMTP_URL: at })
    const scene = await openNoticeScene({ notice: 'mail on-call@example.com' })
    worker = startNoticeWorker()
    await send(scene, scene.ana)
    await ended(scene)
    expect(guarded.mails).toHaveLength(1)
    expect(guarded.sessions).toEqual([{ secure: false, user: 'mailer' }])
    await worker.stop()
    setEnvironment({ SMTP_URL: at.replace('right', 'wrong-secret') })
    const other = await openNoticeScene({ notice: 'mail on-call@example.com' })
    worker = startNoticeWorker()
    await send(other, other.ana)
    await ended(other)
    const [refused] = await receiversOf(other)
    expect(refused?.words).toContain('refused our password')
    expect(refused?.words).not.toContain('wrong-secret')
    await guarded.close()
  })
})

describe('a webhook', () => {
  async function posted(more: { target?: string; allow?: boolean } = {}): Promise<OpenedScene> {
    const scene = await openNoticeScene({
      notice: 'webhook $' + '{HOOK}',
      variables: { HOOK: more.target ?? `${hook}/services/T0/secret` },
      allowList: more.allow === false ? [] : [new URL(hook).host],
    })
    worker = startNoticeWorker()
    return scene
  }

  it('is posted as JSON with the text for chat services, signed with the secret that was shown', async () => {
    const scene = await posted()
    const { secret } = await done(
      act(makeWebhookSecret, scene.team.owner.principal, {
        team: scene.team.slug,
        service: scene.service,
        environment: scene.environment,
      }),
    )
    await send(scene, scene.ana, 'Going live.')
    await ended(scene)
    expect(await receiversOf(scene)).toMatchObject([
      { state: 'sent', label: 'webhook 127.0.0.1', words: '127.0.0.1 answered 200' },
    ])
    const [call] = calls
    if (!call) throw new Error('nothing arrived')
    expect(call.path).toBe('/services/T0/secret')
    expect(JSON.parse(call.body)).toMatchObject({
      type: 'countersign.notice',
      text: expect.stringContaining('Going live.'),
      service: 'Web',
      environment: 'production',
      release: { version: 'v1.0.0', commit: '8f3c2d1', artifactDigest: null },
      item: { text: `${ITEM} of deployment` },
      sentBy: 'Ana',
      number: 1,
    })
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = call.headers
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    expect(key).toHaveLength(32)
    const expected = createHmac('sha256', key).update(`${id}.${at}.${call.body}`).digest('base64')
    expect(signature).toBe(`v1,${expected}`)
    expect(JSON.stringify(await linesOf(scene.runId))).not.toContain('T0/secret')
    expect(JSON.stringify(await itemOf(scene, scene.ana, ITEM))).not.toContain('T0/secret')
    await done(act(acknowledgeNotice, nobody(), { token: tokenIn(call.body), name: 'Kim' }))
    expect(await itemOf(scene, scene.ana, ITEM)).toMatchObject({ state: 'passed' })
  })

  it('goes to an address that is a secret of the environment', async () => {
    const scene = await openNoticeScene({
      notice: 'webhook $' + '{HOOK_SECRET}',
      allowList: [new URL(hook).host],
    })
    await done(
      act(setSecret, scene.team.owner.principal, {
        team: scene.team.slug,
        service: scene.service,
        environment: scene.environment,
        name: 'HOOK_SECRET',
        secret: `${hook}/from/secret`,
        version: 0,
      }),
    )
    worker = startNoticeWorker()
    await send(scene, scene.ana)
    await ended(scene)
    expect(calls.map(({ path }) => path)).toEqual(['/from/secret'])
  })

  it.each([
    [404, 'failed'],
    [302, 'failed'],
    [503, 'queued'],
    [429, 'queued'],
  ])('that is answered with %i is %s', async (status, state) => {
    answer = status
    const scene = await posted()
    await send(scene, scene.ana)
    await ended(scene)
    expect(await receiversOf(scene)).toMatchObject([{ state, words: `127.0.0.1 answered ${status}` }])
    expect(calls).toHaveLength(1)
  })

  it('whose address has left the allow-list reaches nothing, and the log says why', async () => {
    const scene = await posted()
    await worker?.stop()
    await send(scene, scene.ana)
    await db().environment.updateMany({ where: { teamId: scene.team.teamId }, data: { allowList: [] } })
    worker = startNoticeWorker()
    await ended(scene)
    expect(await receiversOf(scene)).toMatchObject([{ state: 'failed' }])
    expect((await linesOf(scene.runId)).at(-1)).toMatchObject({
      action: 'run.notice_delivered',
      data: { taken: false, words: expect.stringContaining('allow-list') },
    })
    expect(calls).toEqual([])
  })
})
