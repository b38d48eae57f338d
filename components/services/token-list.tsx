'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import { useCommand } from '#components/use-command.ts'
import { revokeGateTokenAction } from '#lib/services/actions.ts'
import type { TokenView } from '#lib/services/read.ts'

type Props = { team: string; service: string; tokens: TokenView[]; mayRevoke: boolean }

/** The pipelines that ask this service's gate; those that work first. */
export function TokenList({ team, service, tokens, mayRevoke }: Props) {
  const router = useRouter()
  const { send, pending, refusal, clear } = useCommand(revokeGateTokenAction, 'Revoking')
  const [chosen, setChosen] = useState<TokenView | null>(null)

  function close() {
    setChosen(null)
    clear()
  }
  async function revoke() {
    if (!chosen) return
    const answer = await send({ team, service, tokenId: chosen.tokenId })
    if (answer?.ok) close()
    router.refresh()
  }

  return (
    <>
      <ul className="m-0 grid list-none divide-y divide-hair p-0">
        {tokens.map((token) => (
          <li key={token.tokenId} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
            <div className="min-w-0 flex-1 basis-48">
              <p className="m-0 font-strong break-words">{token.name}</p>
              <p className="m-0 text-sm text-soft">
                {token.environment ?? 'every environment'}, made by {token.createdBy}{' '}
                <Time at={token.createdAt} show="date" />
              </p>
            </div>
            <p className="m-0 text-sm text-faint">
              {token.lastUsedAt ? (
                <>
                  last used <Time at={token.lastUsedAt} show="relative" />
                </>
              ) : (
                'never used'
              )}
            </p>
            {token.state === 'works' ? (
              <p className="m-0 text-sm text-faint">
                until <Time at={token.expiresAt} show="date" />
              </p>
            ) : (
              <Tag tone="wait">{token.state}</Tag>
            )}
            {mayRevoke && token.state === 'works' ? (
              <Button size="sm" onClick={() => setChosen(token)} aria-label={`Revoke ${token.name}`}>
                Revoke
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {chosen ? (
        <ConfirmDialog
          title={`Revoke ${chosen.name}?`}
          confirmLabel="Revoke token"
          danger
          pending={pending}
          error={refusal?.message}
          onConfirm={revoke}
          onClose={close}
        >
          <p className="m-0">
            Its next question to the gate is answered 401, and a pipeline that needs a GO stops there.
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
