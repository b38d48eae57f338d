import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from './failure.mjs'
import { Keeper, launchNode } from './keeper.mjs'
import { inside, pinnedNode, root } from './project.mjs'

const PATIENCE = 120_000

/** Waits until /health answers 200. `failed` returns an error that ends the wait, or null. */
export async function untilHealthy(port, failed) {
  for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
    const early = failed()
    if (early) throw early
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { redirect: 'manual' }).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.ok) return
    await sleep(50)
  }
  throw new Failure('The server did not become healthy within two minutes.')
}

/** The keepers of what serves: Next, and the worker where there is one. Their output goes to `write`. */
export function servingKeepers({ env, dev, write, onChange }) {
  const keeper = (name, program, ...args) =>
    new Keeper({
      name,
      onChange,
      report: (line) => write(`${line}\n`),
      launch: async () => {
        const words = ['--import', inside('lib/cli/leash.mjs'), inside('lib/cli', program), ...args]
        return launchNode(pinnedNode, words, { cwd: root, env, write })
      },
    })
  const server = keeper('server', 'serve.mjs', ...(dev ? ['--dev'] : []))
  return existsSync(inside('lib/cli/worker.ts')) ? [server, keeper('worker', 'worker.ts')] : [server]
}
