import { board, boardScript } from './board.ts'
import { type Ground, prepareGround } from './ground.ts'
import { history } from './history.ts'
import { importLinear, importRate } from './import.ts'
import type { Line } from './line.ts'
import { memory } from './memory.ts'
import { probes } from './probes.ts'
import { probesBoard } from './probes-board.ts'
import { probesDeadline } from './probes-deadline.ts'
import { tickSeen } from './seen.ts'
import { type Rates, ratesOf, tickDoor, tickHttp, tickRaw } from './ticks.ts'

const LINES: Record<string, (ground: Ground, rates: Rates) => Promise<Line | Line[]>> = {
  'tick-raw': (_, rates) => tickRaw(rates),
  'tick-door': (_, rates) => tickDoor(rates),
  'tick-http': (_, rates) => tickHttp(rates),
  'tick-seen': (ground) => tickSeen(ground),
  board: (ground) => board(ground),
  'board-script': (ground) => boardScript(ground),
  memory: (ground) => memory(ground),
  'probes-board': () => probesBoard(),
  // Last, because its 100,000 runs would lie in the way of the others.
  history: () => history(),
}

/** What needs neither a database nor a server. */
const ALONE: Record<string, () => Promise<Line | Line[]>> = {
  import: importRate,
  'import-linear': importLinear,
  probes,
  'probes-deadline': probesDeadline,
}

const asked = process.argv.slice(2)
const known = { ...ALONE, ...LINES }
const unknown = asked.find((name) => !Object.hasOwn(known, name))
if (unknown !== undefined) {
  process.stderr.write(`There is no bench "${unknown}": ${Object.keys(known).join(', ')}.\n`)
  process.exit(2)
}

for (const [name, measure] of Object.entries(ALONE)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  for (const found of [await measure()].flat()) process.stdout.write(`${JSON.stringify(found)}\n`)
}
if (asked.length > 0 && asked.every((name) => Object.hasOwn(ALONE, name))) process.exit(0)

const ground = await prepareGround()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void ground.end().finally(() => process.exit(130)))
}
let failed = false
try {
  const rates = ratesOf(ground)
  for (const [name, measure] of Object.entries(LINES)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    try {
      for (const found of [await measure(ground, rates)].flat())
        process.stdout.write(`${JSON.stringify(found)}\n`)
    } catch (error) {
      failed = true
      process.stderr.write(
        `${name} could not be measured: ${error instanceof Error ? error.message : error}\n`,
      )
    }
  }
} finally {
  await ground.end()
}
process.exit(failed ? 1 : 0)
