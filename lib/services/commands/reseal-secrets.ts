import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import type { Tx } from '#lib/server/db.ts'
import { keyIdOf, keyIds, open, seal } from '#lib/server/seal.ts'
import { teamFacts } from '#lib/teams/commands/team-facts.ts'
import { decideResealSecrets, type Resealable, type Resealed, type ResealFacts } from '../reseal-secrets.ts'
import { secretPlace } from '../secrets.ts'

type Row = { environmentId: string; name: string; sealed: string; service: string; environment: string }

function resealable({ row, teamId }: { row: Row; teamId: string }): Resealable {
  const { sealed, ...about } = row
  if (keyIdOf(sealed) === keyIds()[0]) return { ...about, isCurrent: true, resealed: null, why: null }
  const place = secretPlace({ teamId, environmentId: row.environmentId, name: row.name })
  const opened = open(sealed, place)
  return opened.ok
    ? { ...about, isCurrent: false, resealed: seal(opened.text, place), why: null }
    : { ...about, isCurrent: false, resealed: null, why: opened.why }
}

async function lockSecrets({ tx, teamId }: { tx: Tx; teamId: string }): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT x.environment_id AS "environmentId", x.name, x.sealed, s.slug AS service, e.slug AS environment
    FROM environment_secret x JOIN environment e ON e.id = x.environment_id JOIN service s ON s.id = e.service_id
    WHERE x.team_id = ${teamId}::uuid ORDER BY x.environment_id, x.name FOR UPDATE OF x`
}

/** After the root key was replaced: one team's secrets from the key before to the one in use. */
export const resealSecrets = command({
  name: 'service.resealSecrets',
  scope: 'team',
  input: z.object({ team: z.string() }),
  facts: async (tx, _input, actor): Promise<ResealFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    const { teamId } = place
    const rows = await lockSecrets({ tx, teamId })
    const secrets = rows.map((row) => resealable({ row, teamId }))
    return { ...place, keyId: keyIds()[0] ?? '', secrets }
  },
  decide: decideResealSecrets,
  apply: async (tx, resealed: Resealed[]) => {
    for (const { environmentId, name, sealed } of resealed)
      await tx.environmentSecret.update({
        where: { environmentId_name: { environmentId, name } },
        data: { sealed },
        select: { name: true },
      })
  },
})
