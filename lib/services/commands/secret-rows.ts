import type { Tx } from '#lib/server/db.ts'
import { rewriteDrafts } from '#lib/server/drafts.ts'
import { seal } from '#lib/server/seal.ts'
import type { Json } from '#lib/shared/result.ts'
import { withoutSecretValues } from '../secret-lines.ts'
import { type NewSecret, secretPlace } from '../secrets.ts'
import type { StandingSecret } from '../set-secret.ts'

type Place = { tx: Tx; environmentId: string }

/** The secrets of an environment by name, with the names of those who set them; never their values. */
export async function standingSecrets({ tx, environmentId }: Place): Promise<StandingSecret[]> {
  return tx.$queryRaw<StandingSecret[]>`
    SELECT s.name, s.version, u.name AS "setBy", s.set_at AS "setAt" FROM environment_secret s
    LEFT JOIN member m ON m.id = s.set_by LEFT JOIN user_account u ON u.id = m.user_id
    WHERE s.environment_id = ${environmentId}::uuid ORDER BY s.name`
}

/** The only place where a secret is written: its value goes in sealed. */
export async function writeSecret({ tx, secret }: { tx: Tx; secret: NewSecret }): Promise<void> {
  const { value, environmentId, name, ...row } = secret
  const data = { ...row, sealed: seal(value, secretPlace(secret)), lastUsedAt: null }
  await tx.environmentSecret.upsert({
    where: { environmentId_name: { environmentId, name } },
    create: { environmentId, name, ...data },
    update: data,
    select: { name: true },
  })
}

function withoutValues(names: readonly string[]): (draft: Json) => Json {
  return (draft) => {
    if (typeof draft !== 'object' || draft === null || Array.isArray(draft)) return draft
    const { variables } = draft
    if (typeof variables !== 'string') return draft
    return { ...draft, variables: withoutSecretValues({ text: variables, names }) }
  }
}

/** What anybody has typed into the environment's page and not saved may hold the value as a plain variable. */
export async function clearDrafts({
  tx,
  place,
  names,
}: {
  tx: Tx
  place: { team: string; service: string; environment: string }
  names: readonly string[]
}): Promise<void> {
  const key = `environment:${place.team}:${place.service}:${place.environment}`
  await rewriteDrafts({ tx, key, rewrite: withoutValues(names) })
}
