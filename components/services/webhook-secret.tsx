'use client'
import { useState } from 'react'
import { SecretOnce } from '#components/teams/secret-once.tsx'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { useCommand } from '#components/use-command.ts'
import { makeWebhookSecretAction } from '#lib/services/actions.ts'

type Props = {
  team: string
  service: string
  environment: { slug: string; name: string; hasSecret: boolean }
}

/** Makes the secret by which receivers of this environment's webhooks know the sender; shown once. */
export function WebhookSecret({ team, service, environment }: Props) {
  const [asking, setAsking] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const { send, pending, refusal } = useCommand(makeWebhookSecretAction, 'A signing secret')
  const { slug, name, hasSecret } = environment

  async function make() {
    const answer = await send({ team, service, environment: slug })
    if (!answer?.ok) return
    setAsking(false)
    setSecret(answer.value.value.secret)
  }

  return (
    <div className="mt-4 flex flex-wrap items-center gap-2 border-t border-hair pt-3">
      <p className="m-0 min-w-0 flex-1 basis-64 text-sm text-soft">
        Notices by webhook are signed (webhook-signature, HMAC-SHA256), so that a receiver can check that they
        come from here.
      </p>
      <Button size="sm" aria-label={`Make a signing secret: ${name}`} onClick={() => setAsking(true)}>
        Make a signing secret
      </Button>
      {asking ? (
        <ConfirmDialog
          title={`Make a signing secret for ${name}?`}
          confirmLabel="Make the secret"
          pending={pending}
          error={refusal?.message}
          onConfirm={() => void make()}
          onClose={() => setAsking(false)}
        >
          <p className="m-0 text-soft">
            {hasSecret
              ? 'The secret that was made before signs nothing any more: receivers that check it need the new one.'
              : 'It is shown once. Give it to the receivers that shall check the signature.'}
          </p>
        </ConfirmDialog>
      ) : null}
      {secret === null ? null : (
        <Dialog
          title="The signing secret is ready"
          onClose={() => setSecret(null)}
          footer={
            <Button variant="primary" onClick={() => setSecret(null)}>
              Done
            </Button>
          }
        >
          <SecretOnce
            title="Copy the secret now: it is not shown again"
            secret={secret}
            copyLabel="Copy secret"
          >
            It signs every webhook of {name} from now on.
          </SecretOnce>
        </Dialog>
      )}
    </div>
  )
}
