import { paths } from '#lib/shared/paths.ts'
import { type Member, sessionCookie } from '#tests/support/people-at.ts'
import { makeSceneAt, openRunAt, type RunAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'

type Stream = { cookie: string; said: () => string; isOver: () => boolean; leave: () => void }

/** A live stream of the run as a browser reads it, at one instance. */
async function openStream(run: RunAt, { who, at }: { who: Member; at: TestServer }): Promise<Stream> {
  const cookie = await sessionCookie(who)
  const controller = new AbortController()
  const answer = await fetch(at.url + paths.api.live({ runId: run.runId }), {
    headers: { cookie },
    signal: controller.signal,
  })
  let said = ''
  let over = false
  void (async () => {
    const decoder = new TextDecoder()
    for await (const part of answer.body ?? []) said += decoder.decode(part, { stream: true })
    over = true
  })().catch(() => undefined)
  await expect.poll(() => said).toContain('event: board')
  return { cookie, said: () => said, isOver: () => over, leave: () => controller.abort() }
}

test('a session that is ended at one instance loses its open stream at the other at once', async ({
  app,
  database,
}) => {
  const run = await openRunAt(await makeSceneAt())
  const second = await startServer({ databaseUrl: database.url, worker: false })
  const streams: Stream[] = []
  try {
    const ana = await openStream(run, { who: run.ana, at: second })
    const bo = await openStream(run, { who: run.bo, at: second })
    streams.push(ana, bo)
    const out = await fetch(app.url + paths.api.signOut(), {
      method: 'POST',
      headers: { cookie: ana.cookie, origin: app.url, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(out.ok).toBe(true)
    // The slow poll looks only every ten seconds.
    await expect.poll(() => ana.isOver(), { timeout: 4_000 }).toBe(true)
    expect(ana.said()).toContain('"reason":"signed_out"')
    expect(bo.isOver()).toBe(false)
  } finally {
    for (const stream of streams) stream.leave()
    await second.stop()
  }
})
