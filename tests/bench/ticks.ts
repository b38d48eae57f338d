import { send } from '#tests/support/signed-http.ts'
import type { Ground } from './ground.ts'
import { type Line, line } from './line.ts'
import { rateOf } from './rate.ts'
import { rawTicks } from './raw-tick.ts'
import { doorTicks, httpTicks } from './ticking.ts'

/** Rates that several lines of one run share, each measured once: before any of them counts, a second of warming up. */
export type Rates = {
  raw: () => Promise<number>
  door: () => Promise<number>
  http: () => Promise<number>
  nothing: () => Promise<number>
}

const once = (measure: () => Promise<number>): (() => Promise<number>) => {
  let held: Promise<number> | null = null
  return () => {
    held ??= measure()
    return held
  }
}

async function warmRate(work: (client: number) => Promise<void>): Promise<number> {
  await rateOf(work, { seconds: 1.5 })
  return (await rateOf(work)).rate
}

/** An authenticated POST that changes next to nothing: it reads the session and touches its clock. */
function touches(ground: Ground, url: string): (client: number) => Promise<void> {
  return async (client) => {
    const { status } = await send(`${url}/api/session/touch`, {
      method: 'POST',
      cookie: ground.people[client]?.cookie ?? '',
      body: '{"agoSeconds":0}',
      headers: { 'content-type': 'application/json', origin: url, 'sec-fetch-site': 'same-origin' },
    })
    if (status !== 200) throw new Error(`touch answered ${status}`)
  }
}

export function ratesOf(ground: Ground): Rates {
  return {
    raw: once(async () => {
      const { work, close } = await rawTicks(ground)
      const rate = await warmRate(work)
      await close()
      return rate
    }),
    door: once(async () => warmRate(await doorTicks(ground))),
    http: once(async () => warmRate(await httpTicks(ground, (await ground.server()).url))),
    nothing: once(async () => warmRate(touches(ground, (await ground.server()).url))),
  }
}

export async function tickRaw({ raw, http }: Rates): Promise<Line> {
  return line('tick-raw', { ours: await http(), reference: await raw(), unit: 'ticks/s' })
}

export async function tickDoor({ raw, door }: Rates): Promise<Line> {
  return line('tick-door', { ours: await door(), reference: await raw(), unit: 'ticks/s' })
}

export async function tickHttp({ http, nothing }: Rates): Promise<Line> {
  return line('tick-http', { ours: await http(), reference: await nothing(), unit: 'requests/s' })
}
