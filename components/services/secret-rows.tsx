import type { ReactNode } from 'react'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import type { SecretView } from '#lib/services/secrets.ts'

/** Secrets of an environment by name: who set each and when it was used. Their values are nowhere to be read. */
export function SecretRows({
  secrets,
  actions,
}: {
  secrets: readonly SecretView[]
  actions?: (secret: SecretView) => ReactNode
}) {
  return (
    <ul className="m-0 grid list-none divide-y divide-hair p-0">
      {secrets.map((secret) => (
        <li key={secret.name} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
          <div className="min-w-0 flex-1 basis-56">
            <p className="m-0 font-mono text-sm break-all">{secret.name}</p>
            <p className="m-0 text-sm text-soft">
              set by {secret.setBy ?? 'Countersign'} <Time at={secret.setAt} show="date" />,{' '}
              {secret.lastUsedAt ? (
                <>
                  last used <Time at={secret.lastUsedAt} show="relative" />
                </>
              ) : (
                'never used'
              )}
            </p>
            {secret.problem ? (
              <p className="m-0 mt-1 text-sm text-no">
                <Tag tone="no">cannot be opened</Tag> {secret.problem}. Set it again, or give this instance
                the key that it was sealed with.
              </p>
            ) : null}
          </div>
          {actions ? <div className="flex flex-wrap gap-2">{actions(secret)}</div> : null}
        </li>
      ))}
    </ul>
  )
}
