import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { endlessProbe, leadsOn, startEndless } from './endless-server.ts'
import { ENDLESS } from './endless-servers.ts'
import { connectionsOf, KIND_TABLE, LOOKING_KINDS } from './kind-table.ts'
import { allow, look } from './servers.ts'
import { type Watched, watchLoop } from './watch-loop.ts'

const TIMEOUT_MS = 400
/** Of 10 ms each: a look may end so much behind its deadline. */
const MOST_BEATS_LATE = 10
const MOST_CPU_MS = 100
const MOST_GROWN = 50 * 1_048_576
const MOST_SENT = 64 * 1_048_576

const worst: Watched = { beatsLate: 0, mostCpuMs: 0, grownBytes: 0 }
let looks = 0

describe.each(Object.entries(ENDLESS))('a server that %s', (name, behaviourOf) => {
  it.each(LOOKING_KINDS)('does not hold a probe of %s', async (kind) => {
    const server = await startEndless({ name, behave: behaviourOf(kind) })
    const { port } = server
    const { text, variables, place } = endlessProbe({ kind, name, port, timeoutMs: TIMEOUT_MS })
    const { value, watched } = await watchLoop(TIMEOUT_MS, () =>
      look(text, { variables, allowList: allow(place) }),
    )
    const { judgement, observation } = value
    looks += 1
    for (const key of ['beatsLate', 'mostCpuMs', 'grownBytes'] as const)
      worst[key] = Math.max(worst[key], watched[key])
    expect(watched.beatsLate).toBeLessThanOrEqual(MOST_BEATS_LATE)
    expect(watched.mostCpuMs).toBeLessThan(MOST_CPU_MS)
    expect(watched.grownBytes).toBeLessThan(MOST_GROWN)
    // Who asks for nothing but the head may have what it asked for.
    const isHeadEnough =
      /body|bomb|words/.test(name) || (leadsOn(name) && KIND_TABLE[kind].follows === undefined)
    if (!isHeadEnough) expect(judgement.verdict).not.toBe('pass')
    expect(judgement.line).not.toBe('')
    for (const { connection } of connectionsOf(observation)) expect(connection?.port).toBe(port)
    // Nothing is left open behind it, and it did not take in more than anybody allows.
    await server.idle()
    expect(server.sent()).toBeLessThan(MOST_SENT)
    await server.close()
  })
})

describe('what is watched', () => {
  it('shows who waits behind the deadline, who keeps the loop, and who holds memory', async () => {
    const waiting = await watchLoop(50, async () => {
      for (let beat = 0; beat < 3 * MOST_BEATS_LATE; beat++) await sleep(10)
    })
    expect(waiting.watched.beatsLate).toBeGreaterThan(MOST_BEATS_LATE)
    const busy = await watchLoop(50, async () => {
      const { user, system } = process.threadCpuUsage()
      const spent = () => process.threadCpuUsage({ user, system })
      while ((spent().user + spent().system) / 1000 < MOST_CPU_MS + 50);
    })
    expect(busy.watched.mostCpuMs).toBeGreaterThan(MOST_CPU_MS)
    const holding = await watchLoop(50, async () => Buffer.alloc(MOST_GROWN + 1_048_576, 1))
    expect(holding.watched.grownBytes).toBeGreaterThan(MOST_GROWN)
    const prompt = await watchLoop(50, () => sleep(10))
    expect(prompt.watched.beatsLate).toBe(0)
  })
})

afterAll(() => {
  process.stdout.write(
    `deadlines: ${looks} looks of ${TIMEOUT_MS} ms, at worst ${worst.beatsLate} beats of 10 ms more, ${Math.round(worst.mostCpuMs)} ms of the processor at once, ${Math.round(worst.grownBytes / 1_048_576)} MB more memory\n`,
  )
})
