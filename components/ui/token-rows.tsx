'use client'
import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Tag } from './tag.tsx'
import { Time } from './time.tsx'

export type TokenRow = {
  tokenId: string
  name: string
  /** What it opens. */
  about: string
  createdBy: string
  createdAt: Date | string
  lastUsedAt: Date | string | null
  expiresAt: Date | string
  /** Why it does not work; null while it does. */
  ended: string | null
  mayRevoke: boolean
}

type Props = {
  tokens: readonly TokenRow[]
  /** What happens when one is revoked. */
  consequence: ReactNode
  pending: boolean
  error: string | undefined
  /** Whether it is revoked. */
  onRevoke: (tokenId: string) => Promise<boolean>
  onClear: () => void
}

/** Secrets of programs, by name: what each opens, when it was used, until when it works, and the way to end it. */
export function TokenRows({ tokens, consequence, pending, error, onRevoke, onClear }: Props) {
  const [chosen, setChosen] = useState<TokenRow | null>(null)

  function close() {
    setChosen(null)
    onClear()
  }
  async function revoke() {
    if (chosen && (await onRevoke(chosen.tokenId))) close()
  }

  return (
    <>
      <ul className="m-0 grid list-none divide-y divide-hair p-0">
        {tokens.map((token) => (
          <li key={token.tokenId} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
            <div className="min-w-0 flex-1 basis-48">
              <p className="m-0 font-strong break-words">{token.name}</p>
              <p className="m-0 text-sm text-soft">
                {token.about}, made by {token.createdBy} <Time at={token.createdAt} show="date" />
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
            {token.ended === null ? (
              <p className="m-0 text-sm text-faint">
                until <Time at={token.expiresAt} show="date" />
              </p>
            ) : (
              <Tag tone="wait">{token.ended}</Tag>
            )}
            {token.mayRevoke ? (
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
          error={error}
          onConfirm={revoke}
          onClose={close}
        >
          <p className="m-0">{consequence}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
