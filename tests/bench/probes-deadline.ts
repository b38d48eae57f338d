import { parseProbe } from '#lib/probes/annotation.ts'
import { observe } from '#lib/probes/channels/observe.ts'
import { isPulledConfig } from '#lib/probes/pushed.ts'
import { parseAllowEntry } from '#lib/shared/allow-entry.ts'
import { endlessProbe, startEndless } from '#tests/peers/endless-server.ts'
import { ENDLESS } from '#tests/peers/endless-servers.ts'
import { LOOKING_KINDS } from '#tests/peers/kind-table.ts'
import { type Line, line } from './line.ts'

const TIMEOUT_MS = 400
const MOST_LATE_MS = 100

/** How far beyond its deadline the latest of all looks at servers that never end comes back, one look after the other, by the clock on the wall. */
export async function probesDeadline(): Promise<Line> {
  process.env.DATABASE_URL ??= 'postgresql://nobody@127.0.0.1:1/none'
  process.env.NEXTAUTH_SECRET ??= 'only-for-tests-only-for-tests-only-for-tests'
  let latest = 0
  for (const [name, behaviourOf] of Object.entries(ENDLESS))
    for (const kind of LOOKING_KINDS) {
      const server = await startEndless({ name, behave: behaviourOf(kind) })
      const spent = await timed(endlessProbe({ kind, name, port: server.port, timeoutMs: TIMEOUT_MS }))
      latest = Math.max(latest, spent - TIMEOUT_MS)
      await server.idle()
      await server.close()
    }
  return line('probes-deadline', { ours: latest, reference: MOST_LATE_MS, unit: 'ms' })
}

async function timed({ text, variables, place }: ReturnType<typeof endlessProbe>): Promise<number> {
  const parsed = parseProbe(text)
  const entry = parseAllowEntry(place)
  if (!parsed.ok || !isPulledConfig(parsed.config) || !entry.ok) throw new Error(text)
  const since = performance.now()
  const { config } = parsed
  await observe({ config, variables, allowList: [entry.value], signal: new AbortController().signal })
  return performance.now() - since
}
