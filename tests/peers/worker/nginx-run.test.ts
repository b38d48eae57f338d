import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { openProbedRun, probed, rowsOf, settled, until } from '#tests/commands/worker/probed-run.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'].find((file) =>
  existsSync(file),
)

useTestDatabase()

async function freePort(): Promise<number> {
  const server = net.createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port))
  })
  await new Promise((resolve) => server.close(resolve))
  return port
}

const isUp = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )

describe.skipIf(NGINX === undefined)(
  `a run against nginx${NGINX === undefined ? ' (not installed: apt-get install nginx)' : ''}`,
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'run-nginx-'))
    let url = ''
    let stop = async () => {}
    const worker = { current: null as ReturnType<typeof startProbeWorker> | null }

    async function startNginx(): Promise<void> {
      const child = spawn(NGINX ?? 'nginx', ['-p', folder, '-c', path.join(folder, 'nginx.conf')], {
        stdio: 'ignore',
      })
      const gone = new Promise<void>((resolve) => {
        child.once('close', () => resolve())
      })
      stop = async () => {
        child.kill('SIGTERM')
        await gone
      }
      await until('nginx answers', () => isUp(url))
    }

    beforeAll(async () => {
      const port = await freePort()
      url = `http://127.0.0.1:${port}`
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
        .join(' ')
      writeFileSync(
        path.join(folder, 'nginx.conf'),
        `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http { access_log off; ${temporary} default_type text/html;
  server { listen 127.0.0.1:${port}; add_header X-Frame-Options DENY always;
    location = /health/ { return 200 "fine"; } location = /health/redis/ { return 503; } } }`,
      )
      await startNginx()
    })
    afterAll(async () => {
      await worker.current?.stop()
      await stop()
      rmSync(folder, { recursive: true, force: true })
    })

    it('passes what is up, fails what is down, and follows when nginx goes and comes back', async () => {
      const run = await openProbedRun({
        lines: [
          probed('Health', '/health/', 'status == 200, body contains fine'),
          probed('Redis', '/health/redis/'),
          probed('Frames', '/health/', 'header x-frame-options == "DENY"'),
        ],
        target: url,
      })
      worker.current = startProbeWorker()
      const states = async (keys: 'all' | 'failing') => {
        await done(act(startProbes, run.ana.principal, { ...run.address, keys }))
        await settled(run)
        return (await rowsOf(run)).map(({ state }) => state)
      }
      expect(await states('all')).toEqual(['passed', 'failed', 'passed'])
      await stop()
      expect(await states('all')).toEqual(['failed', 'failed', 'failed'])
      expect((await rowsOf(run))[0]?.fold.seen?.line).toBe('connection refused · 2 attempts')
      await startNginx()
      // What had passed and then failed is ticked again by two passes in a row.
      expect(await states('failing')).toEqual(['failed', 'failed', 'failed'])
      expect(await states('failing')).toEqual(['passed', 'failed', 'passed'])
    })
  },
)
