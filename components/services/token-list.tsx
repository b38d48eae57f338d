'use client'
import { useRouter } from 'next/navigation'
import { TokenRows } from '#components/ui/token-rows.tsx'
import { useCommand } from '#components/use-command.ts'
import { revokeGateTokenAction } from '#lib/services/actions.ts'
import type { TokenView } from '#lib/services/read.ts'

type Props = { team: string; service: string; tokens: TokenView[]; mayRevoke: boolean }

/** The pipelines that ask this service's gate; those that work first. */
export function TokenList({ team, service, tokens, mayRevoke }: Props) {
  const router = useRouter()
  const { send, pending, refusal, clear } = useCommand(revokeGateTokenAction, 'Revoking')

  async function revoke(tokenId: string): Promise<boolean> {
    const answer = await send({ team, service, tokenId })
    router.refresh()
    return answer?.ok === true
  }

  return (
    <TokenRows
      tokens={tokens.map((token) => ({
        ...token,
        about: token.environment ?? 'every environment',
        ended: token.state === 'works' ? null : token.state,
        mayRevoke: mayRevoke && token.state === 'works',
      }))}
      consequence="Its next question to the gate is answered 401, and a pipeline that needs a GO stops there."
      pending={pending}
      error={refusal?.message}
      onRevoke={revoke}
      onClear={clear}
    />
  )
}
