import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { openProbedRun, probed, rowsOf, settled } from '#tests/commands/worker/probed-run.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { freePort, NGINX, newFolder, type Process, startNginx, titled } from '../processes.ts'

useTestDatabase()

describe.skipIf(NGINX === undefined)(titled('a run against nginx', NGINX, 'nginx'), () => {
  let port = 0
  let nginx: Process
  const worker = { current: null as ReturnType<typeof startProbeWorker> | null }

  const begin = () =>
    startNginx({
      folder: newFolder('run-nginx'),
      servers: `server { listen 127.0.0.1:${port}; add_header X-Frame-Options DENY always;
    location = /health/ { return 200 "fine"; } location = /health/redis/ { return 503; } }`,
      ports: [port],
    })

  beforeAll(async () => {
    port = await freePort()
    nginx = await begin()
  })
  afterAll(async () => {
    await worker.current?.stop()
    await nginx.stop()
  })

  it('passes what is up, fails what is down, and follows when nginx goes and comes back', async () => {
    const run = await openProbedRun({
      lines: [
        probed('Health', '/health/', 'status == 200, body contains fine'),
        probed('Redis', '/health/redis/'),
        probed('Frames', '/health/', 'header x-frame-options == "DENY"'),
      ],
      target: `http://127.0.0.1:${port}`,
    })
    worker.current = startProbeWorker()
    const states = async (keys: 'all' | 'failing') => {
      await done(act(startProbes, run.ana.principal, { ...run.address, keys }))
      await settled(run)
      return (await rowsOf(run)).map(({ state }) => state)
    }
    expect(await states('all')).toEqual(['passed', 'failed', 'passed'])
    await nginx.stop()
    expect(await states('all')).toEqual(['failed', 'failed', 'failed'])
    expect((await rowsOf(run))[0]?.fold.seen?.line).toBe('connection refused · 2 attempts')
    nginx = await begin()
    // What had passed and then failed is ticked again by two passes in a row.
    expect(await states('failing')).toEqual(['failed', 'failed', 'failed'])
    expect(await states('failing')).toEqual(['passed', 'failed', 'passed'])
  })
})
