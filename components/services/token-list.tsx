'use client'
import { useRouter } from 'next/navigation'
import { TokenRows } from '#components/ui/token-rows.tsx'
import { useCommand } from '#components/use-command.ts'
import { revokeGateTokenAction } from '#lib/services/actions.ts'
import type { TokenView } from '#lib/services/read.ts'

const MAY: Readonly<Record<string, string>> = {
  gate: 'asks the gate',
  evidence: 'pushes evidence',
  'gate evidence': 'asks the gate and pushes evidence',
}

function opens({ environment, run }: TokenView): string {
  return run === null ? (environment ?? 'every environment') : `run #${run} alone`
}

type Props = { team: string; service: string; tokens: TokenView[]; mayRevoke: boolean }

/** The pipelines that ask this service's gate or push evidence for it; those that work first. */
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
        about: `${MAY[token.scopes.join(' ')] ?? token.scopes.join(', ')}, ${opens(token)}`,
        ended: token.state === 'works' ? null : token.state,
        mayRevoke: mayRevoke && token.state === 'works',
      }))}
      consequence="Its next request is answered 401: a pipeline that needs a GO or has to report stops there."
      pending={pending}
      error={refusal?.message}
      onRevoke={revoke}
      onClear={clear}
    />
  )
}
