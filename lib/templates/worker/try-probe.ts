import { observe } from '#lib/probes/channels/observe.ts'
import type { PulledConfig } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { offeredConditions } from '#lib/probes/offer-conditions.ts'
import { db } from '#lib/server/db.ts'
import { parseAllowEntry } from '#lib/shared/allow-entry.ts'
import type { Tried } from '../tried.ts'

/**
 * One look of a probe in an environment, stored nowhere. Of a probe that takes several looks the first alone: nobody waits ten
 * minutes at an editor. Null when it was cut short, or the environment is gone.
 */
export async function tryOnce({
  config: { window: _several, ...config },
  environmentId,
  signal,
}: {
  config: PulledConfig
  environmentId: string
  signal: AbortSignal
}): Promise<Tried | null> {
  const environment = await db().environment.findUnique({
    where: { id: environmentId },
    select: { name: true, variables: true, allowList: true },
  })
  if (!environment) return null
  const seen = await observe({
    config,
    variables: environment.variables as Record<string, string>,
    environmentName: environment.name,
    allowList: environment.allowList.flatMap((text) => {
      const entry = parseAllowEntry(text)
      return entry.ok ? [entry.value] : []
    }),
    signal,
  })
  if (signal.aborted || seen.kind === 'window') return null
  return { seen, judgement: judge(config, seen), offers: offeredConditions({ config, seen }) }
}
