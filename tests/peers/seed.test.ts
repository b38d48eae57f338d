import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST as beat } from '#app/api/v1/heartbeats/[name]/route.ts'
import { PUT as push } from '#app/api/v1/reports/route.ts'
import { acknowledgeNotice } from '#lib/notify/commands/acknowledge-notice.ts'
import { sendNotice } from '#lib/notify/commands/send-notice.ts'
import { getNoticeOffer } from '#lib/notify/read/notice-offer.ts'
import { startNoticeWorker } from '#lib/notify/worker/notice-worker.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { startWorker } from '#lib/runs/worker/worker.ts'
import { db } from '#lib/server/db.ts'
import { makeGateToken } from '#lib/services/commands/make-gate-token.ts'
import { setSecret } from '#lib/services/commands/set-secret.ts'
import { setEnvironment } from '#tests/commands/notify/fixture.ts'
import { boardOf, makeScene, memberOf, type OpenedScene, openScene } from '#tests/commands/runs/fixture.ts'
import { act, done, nobody } from '#tests/commands/teams/people.ts'
import { until } from '#tests/commands/worker/probed-run.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { SHA } from './forge-api.ts'
import { NGINX, PROMETHEUS, PROMTOOL, REDIS, titled } from './processes.ts'
import { reports } from './seed/reports.ts'
import { type SeedWorld, startSeedWorld } from './seed/world.ts'

useTestDatabase()

const source = readFileSync(
  new URL('../../lib/templates/gallery/production-deployment.md', import.meta.url),
  'utf8',
)
/** As numbered in docs/seed-coverage.md. */
const BY_PEOPLE = [7, 10, 11, 12, 42, 43, 44, 47]
const BY_NOTICE = [38, 39, 41, 67, 68, 69]

/** What each item says once everything is broken: that it failed, or, where nothing is known any more, why its tick will grow old. */
const BROKEN: Readonly<Record<number, [state: 'failed' | 'passed', line: RegExp]>> = {
  1: ['failed', /^1 of 2 failed/],
  2: ['failed', /^50 ?% of 10 lines|^50/],
  3: ['failed', /1 critical/],
  4: ['failed', /changes/],
  5: ['failed', /mergeable|conflict/],
  6: ['failed', /^1 of 2 failed/],
  8: ['failed', /failed: disk full/],
  9: ['failed', /^1 of 2 failed/],
  13: ['failed', /ratelimit-limit absent/],
  14: ['failed', /1 unpinned|without a version/],
  15: ['failed', /1 /],
  16: ['failed', /status 401/],
  17: ['failed', /b/],
  18: ['failed', /%/],
  19: ['failed', /^1 ready endpoint/],
  20: ['failed', /[45] days/],
  21: ['failed', /status 503/],
  22: ['failed', /status 503/],
  23: ['failed', /status 503/],
  24: ['failed', /status 500/],
  25: ['failed', /content-type: text\/plain · wanted contains text\/html/],
  26: ['failed', /step 1 of 4, “without a session”: status 200/],
  27: ['failed', /^1 of 2 failed/],
  28: ['failed', /status 500/],
  29: ['failed', /503/],
  30: ['failed', /wanted single < 0\.1%/],
  31: ['failed', /wanted single < 500ms/],
  32: ['failed', /wanted single ≤ 10%/],
  33: ['failed', /wanted single < 150%/],
  34: ['passed', /last attempt: inconclusive: no lines arrive/],
  35: ['failed', /7 lines match/],
  36: ['passed', /last attempt: inconclusive: no lines arrive/],
  37: ['failed', /^threshold 0\.2 · wanted ≤ 1%/],
  40: ['failed', /status 503/],
  45: ['failed', /1\.[01]/],
  46: ['passed', /last attempt: inconclusive: no lines arrive/],
  48: ['failed', /step 2 of 2, “after its time”: status 200/],
  49: ['failed', /content-security-policy absent/],
  50: ['failed', /SAMEORIGIN/],
  51: ['failed', /x-content-type-options absent/],
  52: ['failed', /max-age=300/],
  53: ['failed', /admins_without_mfa=2/],
  54: ['failed', /“a weak password”: status 201/],
  55: ['failed', /step 1 of 1.*(?:24h|1d|wanted ≤ 15m)/],
  56: ['failed', /step 3 of 3, “the old session”: status 200/],
  57: ['failed', /connection refused/],
  58: ['failed', /connection refused/],
  59: ['failed', /connection refused/],
  60: ['passed', /last attempt: inconclusive: no sample/],
  61: ['failed', /wanted single < 200ms/],
  62: ['failed', /^1 of 2 failed/],
  63: ['failed', /^1 of 2 failed/],
  64: ['failed', /./],
  65: ['failed', /no-store|cacheable|may not/],
  66: ['failed', /./],
  70: ['passed', /last attempt: inconclusive: scheduled_maintenances\.0\.status: missing/],
  71: ['failed', /status 404/],
  72: ['failed', /status 404/],
  73: ['failed', /status 404/],
}

const missing = [NGINX, PROMETHEUS, PROMTOOL, REDIS].includes(undefined)

describe.skipIf(missing)(
  titled(
    'the shipped production checklist against a whole world',
    missing ? undefined : 'all',
    'nginx prometheus redis-server',
  ),
  () => {
    let world: SeedWorld
    let scene: OpenedScene
    let workers: { stop: () => Promise<void> }[] = []
    let token = ''

    const numbered = async () => {
      const { items } = await boardOf(scene, scene.ana)
      return items.filter(({ kind }) => kind === 'item')
    }
    const settled = () =>
      until(
        'every attempt has ended',
        async () =>
          (await db().probeAttempt.count({
            where: { runId: scene.runId, state: { in: ['queued', 'running'] } },
          })) === 0,
        90,
      )
    /** Every probe that is open in this state of the run is started, and has looked. */
    const lookAt = async (state: 'preparing' | 'verifying' | 'rolling_back') => {
      const now = new Date()
      const times = {
        startedAt: now,
        deployedAt: now,
        ...(state === 'rolling_back' ? { rollbackAt: now } : {}),
      }
      await db().run.update({
        where: { id: scene.runId },
        data: { state, ...(state === 'preparing' ? {} : times) },
      })
      await done(act(startProbes, scene.ana.principal, { ...scene.address, keys: 'all' }))
      await settled()
    }
    const allTold = async () =>
      (await db().noticeDelivery.count({ where: { runId: scene.runId, state: { not: 'sent' } } })) === 0
    const headers = () => ({ authorization: `Bearer ${token}` })
    const pushAll = async (bad: boolean) => {
      for (const { query, body } of reports(bad)) {
        const asked = new URLSearchParams({
          service: 'web',
          environment: 'production',
          commit: SHA,
          ...query,
        })
        const answer = await push(
          new Request(`http://localhost/api/v1/reports?${asked}`, {
            method: 'PUT',
            headers: headers(),
            body,
          }),
          { params: Promise.resolve({}) },
        )
        expect({ query, status: answer.status }).toEqual({ query, status: 201 })
      }
      const said = bad ? { status: 'failed', message: 'disk full' } : { status: 'ok', sizeBytes: 5_000_000 }
      const answer = await beat(
        new Request('http://localhost/api/v1/heartbeats/database-backup?service=web&environment=production', {
          method: 'POST',
          headers: headers(),
          body: JSON.stringify(said),
        }),
        { params: Promise.resolve({ name: 'database-backup' }) },
      )
      expect(answer.status).toBeLessThan(300)
    }

    beforeAll(async () => {
      world = await startSeedWorld()
      setEnvironment({ SMTP_URL: world.mail.url, MAIL_FROM: 'Countersign <alerts@example.com>' })
      const made = await makeScene({ source })
      const { team, service } = made
      await db().environment.updateMany({
        where: { teamId: team.teamId },
        data: { variables: world.variables, allowList: world.allowList },
      })
      const named = { team: team.slug, service, environment: 'production' }
      const owner = team.owner.principal
      for (const [name, secret] of Object.entries(world.secrets))
        await done(act(setSecret, owner, { ...named, name, secret, version: 0 }))
      const name = `CI ${randomBytes(4).toString('hex')}`
      const wanted = { ...named, environment: null, scopes: ['evidence'], days: 30, name }
      token = (await done(act(makeGateToken, owner, wanted as never))).token
      await until(
        'Prometheus has counted long enough',
        async () => {
          const query = encodeURIComponent('sum(increase(http_requests_total[5m])) > 200')
          const answer = await fetch(`${world.prometheus}/api/v1/query?query=${query}`)
          return ((await answer.json()) as { data: { result: unknown[] } }).data.result.length > 0
        },
        60,
      )
      scene = await openScene(made, { commit: SHA })
      workers = [startWorker(), startNoticeWorker()]
    }, 150_000)
    afterAll(async () => {
      for (const worker of workers) await worker.stop()
      setEnvironment({ SMTP_URL: undefined, MAIL_FROM: undefined })
      await world?.stop()
    })

    it('observes 59 items, has 6 acknowledged, and leaves 8 to people', { timeout: 240_000 }, async () => {
      await pushAll(false)
      const viewer = await memberOf(scene.ana.principal, scene.team.slug)
      expect(await numbered()).toHaveLength(73)
      for (const state of ['preparing', 'verifying', 'rolling_back'] as const) {
        await lookAt(state)
        for (const { key, version, can, notice } of await numbered()) {
          if (!notice || notice.sent || !can.notify) continue
          const offer = await getNoticeOffer(viewer, { runId: scene.runId, key })
          const receivers = offer?.receivers.map(({ label }) => label) ?? []
          const input = { ...scene.address, key, version, message: offer?.message ?? '', receivers }
          await done(act(sendNotice, scene.ana.principal, input))
        }
        await until('all were told', allTold, 60)
        for (const words of [
          ...world.mail.mails.splice(0).map(({ body }) => body),
          ...world.hooked.splice(0),
        ])
          await done(
            act(acknowledgeNotice, nobody(), {
              token: /\/ack\/([\w-]{43})/.exec(words)?.[1] ?? '',
              name: 'Kim',
            }),
          )
      }
      const seen = (await numbered()).map(({ state, grade, line }, index) => ({
        number: index + 1,
        state,
        grade,
        line: line?.text,
      }))
      const wanted = (number: number) =>
        BY_PEOPLE.includes(number)
          ? ['open', 'unproven']
          : ['passed', BY_NOTICE.includes(number) ? 'claimed' : 'observed']
      const wrong = seen.filter(({ number, state, grade }) => {
        const [stands, graded] = wanted(number)
        return state !== stands || grade !== graded
      })
      expect(wrong).toEqual([])
    })

    it('says of each of the 59 what is wrong once everything is broken', { timeout: 300_000 }, async () => {
      await world.breakAll()
      await pushAll(true)
      await until(
        'Prometheus has seen the change',
        async () => {
          const query = encodeURIComponent(
            'sum(rate(process_cpu_seconds_total{job="web"}[10m])) > 0.031 and sum(deriv(process_resident_memory_bytes[30m])) > 100000',
          )
          const answer = await fetch(`${world.prometheus}/api/v1/query?query=${query}`)
          return ((await answer.json()) as { data: { result: unknown[] } }).data.result.length > 0
        },
        90,
      )
      for (const state of ['preparing', 'verifying', 'rolling_back'] as const) await lookAt(state)
      const items = await numbered()
      const wrong = Object.entries(BROKEN).flatMap(([number, [state, line]]) => {
        const item = items[Number(number) - 1]
        const isRight = item !== undefined && item.state === state && line.test(item.line?.text ?? '')
        return isRight
          ? []
          : [{ number, wanted: `${state} ${line}`, state: item?.state, line: item?.line?.text }]
      })
      expect(wrong).toEqual([])
      expect(Object.keys(BROKEN)).toHaveLength(59)
    })
  },
)
