import { log } from '#lib/server/log.ts'
import { samplePorts } from './sample-port.ts'
import { type SampleTarget, startSampleTarget } from './sample-target.mjs'

const EVERY_MS = 3_000

/** Starts the sample target wherever a sample team looks for it, so that its probes have something to see. */
export function keepSampleTargets(): { stop: () => Promise<void> } {
  const targets = new Map<number, SampleTarget>()
  let turn: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    for (const port of await samplePorts()) {
      if (targets.has(port)) continue
      // A taken port is most often the target of another worker on this machine; when that ends, it is ours.
      const target = await startSampleTarget({ port }).catch(() => null)
      if (!target) continue
      targets.set(port, target)
      log().info({ url: target.url }, 'sample target ready')
    }
  }
  const again = () => {
    turn = turn.then(look).catch((error) => log().warn({ err: error }, 'sample target: tried again'))
  }
  again()
  const timer = setInterval(again, EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await turn
      await Promise.all([...targets.values()].map((target) => target.close()))
    },
  }
}
