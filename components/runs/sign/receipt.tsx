import { CopyButton } from '#components/ui/copy-button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Utc } from '#components/ui/utc.tsx'
import type { Decision } from '#lib/shared/codes.ts'
import { digestWords } from '#lib/shared/digest-words.ts'
import { DECISION_WORDS } from '#lib/shared/words.ts'

export type Receipt = {
  role: string
  decision: Decision
  manifestHash: string
  signedAt: number
  name: string
  seq: number
}

/** What the signer keeps: who, what, when, and the digest that proves it later. */
export function SignReceipt({ receipt, runHref }: { receipt: Receipt; runHref: string }) {
  const at = new Date(receipt.signedAt)
  const text = [
    `${receipt.name} signed ${DECISION_WORDS[receipt.decision]} as ${receipt.role}`,
    at.toISOString(),
    `sha256 ${receipt.manifestHash}`,
    digestWords(receipt.manifestHash),
    `log sequence ${receipt.seq}`,
  ].join('\n')
  return (
    <Notice
      tone={receipt.decision === 'go' ? 'go' : 'warn'}
      live
      title={`Signed ${DECISION_WORDS[receipt.decision]} as ${receipt.role}`}
    >
      <p className="m-0">
        {receipt.name}, <Utc at={at} show="second" />
      </p>
      <p className="m-0 break-all font-mono text-xs">
        sha256 {receipt.manifestHash} · <b className="inline-block">{digestWords(receipt.manifestHash)}</b>
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <LinkButton href={runHref} variant="primary">
          Back to the run
        </LinkButton>
        <CopyButton text={text} label="Copy the receipt" />
      </div>
    </Notice>
  )
}
