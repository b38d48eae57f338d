import { type Block, blocksOf } from '#lib/probes/blocks.ts'
import { observe } from '#lib/probes/channels/observe.ts'
import { type PulledConfig, variablesOf } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { offeredConditions } from '#lib/probes/offer-conditions.ts'
import { db } from '#lib/server/db.ts'
import { openSecrets } from '#lib/services/worker/open-secrets.ts'
import { parseAllowEntry } from '#lib/shared/allow-entry.ts'
import type { RunVariable } from '#lib/shared/run-variables.ts'
import type { Tried } from '../tried.ts'

/**
 * One look of a probe in an environment, stored nowhere. Of a probe that takes several looks the first alone: nobody waits ten
 * minutes at an editor. `tried` is null when it was cut short, or the environment is gone; what was blocked until then is known all the same.
 */
export async function tryOnce({
  config: { window: _several, ...config },
  environmentId,
  signal,
}: {
  config: PulledConfig
  environmentId: string
  signal: AbortSignal
}): Promise<{ tried: Tried | null; blocks: Block[] }> {
  const environment = await db().environment.findUnique({
    where: { id: environmentId },
    select: { teamId: true, name: true, variables: true, allowList: true },
  })
  if (!environment) return { tried: null, blocks: [] }
  const { teamId } = environment
  const seen = await observe({
    config,
    variables: { ...(environment.variables as Record<string, string>), ...(await lastRun(environmentId)) },
    secrets: await openSecrets({ teamId, environmentId, names: variablesOf(config) }),
    environmentName: environment.name,
    allowList: environment.allowList.flatMap((text) => {
      const entry = parseAllowEntry(text)
      return entry.ok ? [entry.value] : []
    }),
    signal,
  })
  const blocks = blocksOf(seen)
  if (signal.aborted || seen.kind === 'window') return { tried: null, blocks }
  const tried = { seen, judgement: judge(config, seen), offers: offeredConditions({ config, seen }) }
  return { tried, blocks }
}

/** What a probe may ask of its run, here of the newest one of the environment: nothing where there was none. */
async function lastRun(environmentId: string): Promise<Partial<Record<RunVariable, string>>> {
  const rows = await db().$queryRaw<Record<RunVariable, string | null>[]>`
    SELECT commit AS "RUN_COMMIT", version AS "RUN_VERSION", artifact_digest AS "RUN_DIGEST", number::text AS "RUN_NUMBER"
    FROM run WHERE environment_id = ${environmentId}::uuid ORDER BY opened_at DESC LIMIT 1`
  const known = Object.entries(rows[0] ?? {}).filter(([, value]) => value !== null && value !== '')
  return Object.fromEntries(known)
}
