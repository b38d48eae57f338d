import { db } from '#lib/server/db.ts'
import { open } from '#lib/server/seal.ts'
import { secretPlace } from '../secrets.ts'

export type OpenedSecrets = {
  values: Record<string, string>
  /** What cannot be opened, and why: `REDIS_URL cannot be opened: it was sealed with key …`. */
  closed: string[]
}

/**
 * Opens those secrets of an environment that are named, for one probe that is about to run, and notes that they were used (at most
 * one write a minute and secret). The values are for the worker alone.
 */
export async function openSecrets({
  teamId,
  environmentId,
  names,
}: {
  teamId: string
  environmentId: string
  names: readonly string[]
}): Promise<OpenedSecrets> {
  const none: OpenedSecrets = { values: {}, closed: [] }
  if (names.length === 0) return none
  const rows = await db().environmentSecret.findMany({
    where: { teamId, environmentId, name: { in: [...names] } },
    select: { name: true, sealed: true },
  })
  const opened = rows.map(({ name, sealed }) => ({
    name,
    ...open(sealed, secretPlace({ teamId, environmentId, name })),
  }))
  const used = opened.flatMap((one) => (one.ok ? [one.name] : []))
  if (used.length > 0)
    await db().$executeRaw`
      UPDATE environment_secret SET last_used_at = clock_timestamp()
      WHERE environment_id = ${environmentId}::uuid AND name = ANY(${used}::text[])
        AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')`
  return {
    values: Object.fromEntries(opened.flatMap((one) => (one.ok ? [[one.name, one.text]] : []))),
    closed: opened.flatMap((one) => (one.ok ? [] : [`${one.name} cannot be opened: ${one.why}`])),
  }
}
