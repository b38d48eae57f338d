import { db } from '#lib/server/db.ts'
import type { ConnectionRef } from '#lib/services/connections.ts'
import { openSecrets } from '#lib/services/worker/open-secrets.ts'
import { parseAllowEntry } from '#lib/shared/allow-entry.ts'
import { parseProbe } from '../annotation.ts'
import { type Block, blocksOf } from '../blocks.ts'
import { observe } from '../channels/observe.ts'
import { probeOfEntry, probeOfVariable, type TriedConnection, triedConnection } from '../connection.ts'
import { judge } from '../judge.ts'
import { isPulledConfig } from '../pushed.ts'

const NOTHING = { outcome: 'skipped', allow: null } as const

/**
 * One look at a saved address of an environment, stored nowhere. `tried` is null when it was cut short, or the environment is gone; what was
 * blocked until then is known all the same.
 */
export async function tryConnection({
  ref,
  environmentId,
  signal,
}: {
  ref: ConnectionRef
  environmentId: string
  signal: AbortSignal
}): Promise<{ tried: TriedConnection | null; blocks: Block[] }> {
  const environment = await db().environment.findUnique({
    where: { id: environmentId },
    select: { teamId: true, name: true, variables: true, allowList: true },
  })
  if (!environment) return { tried: null, blocks: [] }
  const { teamId, name: environmentName, allowList } = environment
  const variables = environment.variables as Record<string, string>
  const isSecret = ref.of === 'variable' && !Object.hasOwn(variables, ref.name)
  const secrets = await openSecrets({ teamId, environmentId, names: isSecret ? [ref.name] : [] })
  const [closed] = secrets.closed
  if (closed !== undefined) return { tried: { outcome: 'error', words: closed, allow: null }, blocks: [] }
  const text = probeText(ref, { ...variables, ...secrets.values })
  const parsed = text === null ? null : parseProbe(text)
  if (!parsed?.ok || !isPulledConfig(parsed.config)) {
    const words = ref.of === 'entry' ? 'try the variable that uses it' : 'holds no address'
    return { tried: { ...NOTHING, words }, blocks: [] }
  }
  const { window: _none, ...config } = parsed.config
  const seen = await observe({
    config,
    variables,
    secrets,
    environmentName,
    allowList: allowList.flatMap((line) => {
      const entry = parseAllowEntry(line)
      return entry.ok ? [entry.value] : []
    }),
    signal,
    // Somebody waits for it, and may press again.
    retries: 0,
  })
  const blocks = blocksOf(seen)
  if (signal.aborted || seen.kind === 'window') return { tried: null, blocks }
  return { tried: triedConnection({ seen, judgement: judge(config, seen), allowList }), blocks }
}

function probeText({ of, name }: ConnectionRef, values: Readonly<Record<string, string>>): string | null {
  if (of === 'variable') return probeOfVariable({ name, value: values[name] ?? '' })
  const entry = parseAllowEntry(name)
  return entry.ok ? probeOfEntry(entry.value) : null
}
