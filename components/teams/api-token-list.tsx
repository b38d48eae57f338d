'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import { useCommand } from '#components/use-command.ts'
import { revokeApiTokenAction } from '#lib/teams/actions.ts'
import type { ApiTokenView } from '#lib/teams/read/api-tokens.ts'

type Props = { team: string; tokens: ApiTokenView[]; mayRevoke: boolean }

const STATES = { expired: 'expired', revoked: 'revoked', idle: 'its maker may no longer publish' } as const

/** The programs that act for the team; those that work first. */
export function ApiTokenList({ team, tokens, mayRevoke }: Props) {
  const router = useRouter()
  const { send, pending, refusal, clear } = useCommand(revokeApiTokenAction, 'Revoking')
  const [chosen, setChosen] = useState<ApiTokenView | null>(null)

  function close() {
    setChosen(null)
    clear()
  }
  async function revoke() {
    if (!chosen) return
    const answer = await send({ team, tokenId: chosen.tokenId })
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
                {token.scopes.join(', ')}, made by {token.createdBy} <Time at={token.createdAt} show="date" />
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
              <Tag tone="wait">{STATES[token.state]}</Tag>
            )}
            {mayRevoke && (token.state === 'works' || token.state === 'idle') ? (
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
          <p className="m-0">Its next request is answered 401. Templates that it published stay.</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
