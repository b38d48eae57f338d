import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { removeSecretAction } from '#lib/services/actions.ts'
import type { EnvironmentView } from '#lib/services/read.ts'
import type { SecretView } from '#lib/services/secrets.ts'
import { SecretDialog } from './secret-dialog.tsx'
import { SecretRows } from './secret-rows.tsx'

type Props = {
  team: string
  service: string
  environment: EnvironmentView
  /** A value that was just sealed: the only moment at which it can be said what it needs to be reached. */
  onSealed: (value: string) => void
}
type Doing = { what: 'add' } | { what: 'replace' | 'remove'; secret: SecretView }

/** The secrets of an environment for those who may change them: added, replaced and removed, never read. */
export function EnvironmentSecrets({ team, service, environment, onSealed }: Props) {
  const router = useRouter()
  const { send, pending, refusal, clear } = useCommand(removeSecretAction, 'Removing')
  const [doing, setDoing] = useState<Doing | null>(null)

  function close() {
    setDoing(null)
    clear()
  }
  async function remove({ name, version }: SecretView) {
    const answer = await send({ team, service, environment: environment.slug, name, version })
    router.refresh()
    if (!answer?.ok) return
    toast({ title: `${name} is removed`, tone: 'go' })
    close()
  }

  return (
    <section className="grid gap-1.5" aria-label={`Secrets of ${environment.name}`}>
      <h3 className="m-0 text-sm font-strong">Secrets</h3>
      <p className="m-0 max-w-prose text-sm text-soft">
        Variables whose values nobody reads again: sealed with a key outside the database, opened for the
        probe that asks for them, masked in what it saw.
      </p>
      {environment.secrets.length > 0 ? (
        <SecretRows
          secrets={environment.secrets}
          actions={(secret) => (
            <>
              <Button
                size="sm"
                aria-label={`Replace ${secret.name}`}
                onClick={() => setDoing({ what: 'replace', secret })}
              >
                Replace
              </Button>
              <Button
                size="sm"
                aria-label={`Remove ${secret.name}`}
                onClick={() => setDoing({ what: 'remove', secret })}
              >
                Remove
              </Button>
            </>
          )}
        />
      ) : null}
      <div>
        <Button onClick={() => setDoing({ what: 'add' })}>Add a secret</Button>
      </div>
      {doing?.what === 'remove' ? (
        <ConfirmDialog
          title={`Remove ${doing.secret.name}?`}
          confirmLabel="Remove secret"
          danger
          pending={pending}
          error={refusal?.message}
          onConfirm={() => void remove(doing.secret)}
          onClose={close}
        >
          <p className="m-0">Probes of {environment.name} that ask for it end as an error from then on.</p>
        </ConfirmDialog>
      ) : doing ? (
        <SecretDialog
          team={team}
          service={service}
          environment={environment}
          secret={doing.what === 'replace' ? doing.secret : null}
          onSaved={(value) => {
            onSealed(value)
            close()
          }}
          onClose={close}
        />
      ) : null}
    </section>
  )
}
