'use client'
import { useRouter } from 'next/navigation'
import { TokenRows } from '#components/ui/token-rows.tsx'
import { useCommand } from '#components/use-command.ts'
import { revokeApiTokenAction } from '#lib/teams/actions.ts'
import type { ApiTokenView } from '#lib/teams/read/api-tokens.ts'

type Props = { team: string; tokens: ApiTokenView[]; mayRevoke: boolean }

const ENDED: Record<ApiTokenView['state'], string | null> = {
  works: null,
  expired: 'expired',
  revoked: 'revoked',
  idle: 'its maker may no longer publish',
}

/** The programs that act for the team; those that work first. */
export function ApiTokenList({ team, tokens, mayRevoke }: Props) {
  const router = useRouter()
  const { send, pending, refusal, clear } = useCommand(revokeApiTokenAction, 'Revoking')

  async function revoke(tokenId: string): Promise<boolean> {
    const answer = await send({ team, tokenId })
    router.refresh()
    return answer?.ok === true
  }

  return (
    <TokenRows
      tokens={tokens.map((token) => ({
        ...token,
        about: token.scopes.join(', '),
        ended: ENDED[token.state],
        mayRevoke: mayRevoke && (token.state === 'works' || token.state === 'idle'),
      }))}
      consequence="Its next request is answered 401. Templates that it published stay."
      pending={pending}
      error={refusal?.message}
      onRevoke={revoke}
      onClear={clear}
    />
  )
}
