import { beforeAll, describe, expect, it } from 'vitest'
import { mintActor } from '#lib/auth/mint.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { acknowledgeNotice } from '#lib/notify/commands/acknowledge-notice.ts'
import { getAcknowledgement } from '#lib/notify/read/acknowledgement.ts'
import { markNotApplicable, untickItem, witnessItem } from '#lib/runs/commands/items.ts'
import { correctRelease } from '#lib/runs/commands/mid-run.ts'
import { abort } from '#lib/runs/commands/steps.ts'
import { getRecord } from '#lib/runs/read/record.ts'
import { getSigningPage } from '#lib/runs/read/signing.ts'
import { exportLines } from '#lib/runs/record.ts'
import { db } from '#lib/server/db.ts'
import { newSecret } from '#lib/server/ids.ts'
import { itemOf, memberOf, type OpenedScene, signAs } from '#tests/commands/runs/fixture.ts'
import { act, codeOf, done, lastLine, linesOf, makeTeam, nobody } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { ITEM, openNoticeScene, send, setEnvironment, tokensOf } from './fixture.ts'

useTestDatabase()
beforeAll(() => setEnvironment({ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'alerts@example.com' }))

async function sentScene(notice = 'mail on-call@example.com', stage?: string) {
  const scene = await openNoticeScene({ notice, ...(stage === undefined ? {} : { stage }) })
  await send(scene, scene.ana)
  const [token = '', second = ''] = await tokensOf(scene)
  return { scene, token, second }
}

async function look(token: string, now = Date.now()) {
  const visitor = await mintActor({ principal: nobody(), team: null })
  if (typeof visitor === 'string') throw new Error('nobody could not be minted')
  return getAcknowledgement(visitor, { token, now })
}

async function closedCode(token: string): Promise<string> {
  const view = await look(token)
  return view.state === 'closed' ? view.closed.code : 'open'
}

const say = (token: string, name: string | null = 'Kim Park') =>
  act(acknowledgeNotice, nobody(), { token, name })

describe('looking at a link', () => {
  it('shows what is acknowledged and records nothing, however often', async () => {
    const { scene, token } = await sentScene()
    const before = await linesOf(scene.runId)
    for (let count = 0; count < 3; count++)
      expect(await look(token)).toMatchObject({
        state: 'open',
        as: null,
        about: { service: 'Web', environment: 'production', number: 1, version: 'v1.0.0', sentBy: 'Ana' },
      })
    expect(await linesOf(scene.runId)).toEqual(before)
    expect(await itemOf(scene, scene.ana, ITEM)).toMatchObject({ state: 'open' })
  })

  it('that is none counts against whoever guesses, and leaves links that are some alone', async () => {
    const { token } = await sentScene()
    for (let count = 0; count < 30; count++) await look(newSecret())
    expect(await look(newSecret())).toMatchObject({ closed: { title: 'Too many links that are none.' } })
    expect(await codeOf(say(newSecret()))).toBe('too_many_requests')
    expect(await closedCode(token)).toBe('open')
    await done(say(token))
  })
})

describe('acknowledging', () => {
  it('asks for a name where the link went to a mailbox, and says who did it on a second press', async () => {
    const { scene, token } = await sentScene()
    expect(await say(token, '  ')).toMatchObject({
      refusal: { code: 'name_needed', fields: { name: expect.any(String) } },
    })
    await done(say(token, ' Kim \n Park '))
    expect(await lastLine(scene.runId)).toMatchObject({
      action: 'run.notice_acknowledged',
      actor: { kind: 'anonymous' },
      data: { memberId: null, name: { textId: expect.any(String) }, signedIn: false, met: true },
    })
    expect(JSON.stringify(await lastLine(scene.runId))).not.toContain('Kim')
    expect(await say(token, 'Somebody else')).toMatchObject({
      refusal: {
        code: 'link_acknowledged',
        message: expect.stringMatching(/^Kim Park acknowledged this on /),
      },
    })
    expect(await closedCode(token)).toBe('acknowledged')
  })

  it('by two presses at once counts once', async () => {
    const { scene, token } = await sentScene()
    const codes = await Promise.all([codeOf(say(token, 'Kim')), codeOf(say(token, 'Lee'))])
    expect(codes.toSorted()).toEqual(['link_acknowledged', 'ok'])
    expect(await db().evidence.count({ where: { runId: scene.runId, kind: 'acknowledgement' } })).toBe(1)
  })

  it('knows the member whose mailbox it was, and whoever is signed in', async () => {
    const { scene, token, second } = await sentScene('role DevOps, mail on-call@example.com, need all')
    expect(await look(token)).toMatchObject({ state: 'open', as: 'Bo' })
    await done(say(token, null))
    expect(await lastLine(scene.runId)).toMatchObject({
      data: { memberId: scene.bo.memberId, signedIn: false, met: false },
    })
    expect(await itemOf(scene, scene.ana, ITEM)).toMatchObject({ state: 'open' })
    await done(act(acknowledgeNotice, scene.cy.principal, { token: second, name: 'Mallory' }))
    expect(await lastLine(scene.runId)).toMatchObject({
      data: { memberId: scene.cy.memberId, signedIn: true, met: true },
    })
    const item = await itemOf(scene, scene.ana, ITEM)
    expect(item).toMatchObject({ state: 'passed', grade: 'claimed' })
    expect(item.line?.text).toMatch(/^Acknowledged by Bo .* Cy .* notice sent by Ana/)
  })

  it('is nothing for who has left the team since, under no other name either', async () => {
    const { scene, token } = await sentScene('role DevOps')
    await db().member.update({ where: { id: scene.bo.memberId }, data: { deactivatedAt: new Date() } })
    expect(await closedCode(token)).toBe('has_left')
    expect(await codeOf(say(token, 'Ana'))).toBe('link_has_left')
    expect(await itemOf(scene, scene.ana, ITEM)).toMatchObject({ state: 'open' })
  })

  it('by somebody who is signed in elsewhere asks for the name all the same', async () => {
    const { token } = await sentScene()
    const { owner } = await makeTeam()
    expect(await codeOf(act(acknowledgeNotice, owner.principal, { token, name: null }))).toBe('name_needed')
  })

  it('can be witnessed by a member, which lifts it', async () => {
    const { scene, token } = await sentScene()
    await done(say(token))
    const { key, version } = await itemOf(scene, scene.bo, ITEM)
    const after = await done(act(witnessItem, scene.bo.principal, { ...scene.address, key, version }))
    expect(after).toMatchObject({ state: 'passed', grade: 'witnessed' })
  })

  it('makes a signature stale once, and a late second word of the same notice does not', async () => {
    const { scene, token, second } = await sentScene('mail a@example.com, mail b@example.com')
    await signAs(scene, scene.ana, 'Developer')
    await done(say(token))
    const stale = () => db().signoff.findFirstOrThrow({ where: { runId: scene.runId } })
    expect((await stale()).staleReason).toContain('Kim Park acknowledged')
    await db()
      .$executeRaw`UPDATE signoff SET superseded_at = clock_timestamp() WHERE run_id = ${scene.runId}::uuid`
    await signAs(scene, scene.ana, 'Developer')
    await done(say(second, 'Lee'))
    const standing = await db().signoff.findFirstOrThrow({
      where: { runId: scene.runId, supersededAt: null },
    })
    expect(standing.staleAt).toBeNull()
  })

  it('stands in the signed text, the record and the export', async () => {
    const { scene, token } = await sentScene()
    await done(say(token))
    const actor = await memberOf(scene.ana.principal, scene.team.slug)
    const address = { service: scene.service, number: scene.number }
    const page = await getSigningPage(actor, { ...address, role: 'developer' })
    expect(JSON.parse(page?.text ?? '{}').items[0].acknowledged).toEqual([
      { by: 'Kim Park', at: expect.any(Number), to: 'on-call@example.com' },
    ])
    const record = await getRecord(actor, address)
    const item = record?.board.items.find(({ text }) => text.startsWith(ITEM))
    if (!item) throw new Error('no item')
    expect(exportLines(item)[0]).toMatch(
      /^claimed: Acknowledged by Kim Park \d{4}-.* UTC by the link sent to on-call@example.com · notice sent by Ana/,
    )
  })
})

describe('a link that acknowledges nothing any more says why', () => {
  const abortRun = (scene: OpenedScene) =>
    done(act(abort, scene.ana.principal, { ...scene.address, reason: 'stop', deployed: null }))
  const correct = (scene: OpenedScene) =>
    done(
      act(correctRelease, scene.ana.principal, {
        ...scene.address,
        version: 'v1.0.1',
        commit: '8f3c2d1',
        reason: 'wrong version',
      }),
    )

  it('the run is over', async () => {
    const { scene, token } = await sentScene()
    await abortRun(scene)
    expect(await closedCode(token)).toBe('run_over')
    expect(await codeOf(say(token))).toBe('link_run_over')
  })

  it('the release is another one, and what was acknowledged of the old one no longer counts', async () => {
    const { scene, token, second } = await sentScene('mail a@example.com, mail b@example.com')
    await done(say(token))
    await correct(scene)
    expect(await itemOf(scene, scene.ana, ITEM)).toMatchObject({ state: 'open', notice: { sent: null } })
    const view = await look(second)
    expect(view).toMatchObject({
      state: 'closed',
      closed: {
        code: 'other_release',
        title: 'This notice named another release: v1.0.0 (8f3c2d1).',
        advice: expect.stringContaining('v1.0.1'),
      },
    })
    expect(await codeOf(say(second))).toBe('link_other_release')
  })

  it('a newer notice has taken its place', async () => {
    const { scene, token } = await sentScene()
    await db().noticeDelivery.updateMany({ where: { runId: scene.runId }, data: { state: 'failed' } })
    await send(scene, scene.bo)
    expect(await closedCode(token)).toBe('replaced')
    const [, newest = ''] = await tokensOf(scene)
    expect(await closedCode(newest)).toBe('open')
  })

  it('the mark was taken back', async () => {
    const { scene, token, second } = await sentScene('mail a@example.com, mail b@example.com')
    await done(say(token))
    const { key, version } = await itemOf(scene, scene.ana, ITEM)
    await done(
      act(untickItem, scene.ana.principal, { ...scene.address, key, version, reason: 'wrong people' }),
    )
    expect(await closedCode(second)).toBe('taken_back')
    expect(await closedCode(token)).toBe('acknowledged')
  })

  it('the item is n/a', async () => {
    const { scene, token } = await sentScene()
    const { key, version } = await itemOf(scene, scene.ana, ITEM)
    await done(
      act(markNotApplicable, scene.ana.principal, { ...scene.address, key, version, reason: 'no on-call' }),
    )
    expect(await closedCode(token)).toBe('not_applicable')
  })

  it('it has expired', async () => {
    const { scene, token } = await sentScene()
    const late = Date.now() + 7 * 86_400_000 + 1_000
    expect(await look(token, late)).toMatchObject({
      closed: { code: 'expired', advice: expect.stringContaining('Ana') },
    })
    const call = { principal: nobody(), input: { token, name: 'Kim' }, at: new Date(late) }
    expect(await codeOf(runCommand(acknowledgeNotice, call))).toBe('link_expired')
    expect(await itemOf(scene, scene.ana, ITEM)).toMatchObject({ state: 'open' })
  })

  it('its stage is closed', async () => {
    const { scene, token } = await sentScene()
    await db().run.update({ where: { id: scene.runId }, data: { state: 'deploying' } })
    expect(await closedCode(token)).toBe('stage_closed')
    expect(await codeOf(say(token))).toBe('link_stage_closed')
  })

  it('it is none', async () => {
    expect(
      await codeOf(act(acknowledgeNotice, nobody('192.0.2.77'), { token: newSecret(), name: 'Kim' })),
    ).toBe('not_found')
  })
})

describe('the database', () => {
  it('keeps no link, refuses a changed acknowledgement and a changed notice', async () => {
    const { scene, token } = await sentScene()
    await done(say(token))
    const rows = await db().$queryRaw<{ all: string }[]>`
      SELECT (SELECT jsonb_agg(to_jsonb(n)) FROM notice n)::text || (SELECT jsonb_agg(to_jsonb(r)) FROM notice_receiver r)::text
        || (SELECT jsonb_agg(to_jsonb(d)) FROM notice_delivery d)::text || (SELECT jsonb_agg(x.body) FROM audit_text x)::text AS all`
    expect(rows[0]?.all).not.toContain(token)
    await expect(
      db().noticeReceiver.updateMany({ where: { runId: scene.runId }, data: { acknowledgedBy: 'Eve' } }),
    ).rejects.toThrow('never changes')
    await expect(
      db().notice.updateMany({ where: { runId: scene.runId }, data: { subject: 'other' } }),
    ).rejects.toThrow()
  })
})
