import { Digest } from '#components/ui/digest.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { TrailVerdict } from '#lib/audit/read.ts'
import { counted } from '#lib/shared/words.ts'

/** What "verify chain" found, and what such a check cannot find. */
export function ChainVerdict({ verdict, stream }: { verdict: TrailVerdict; stream: string }) {
  if (!verdict.ok) {
    return (
      <Notice tone="error" live title={`The record is broken at sequence ${verdict.at.seq}`}>
        <p className="m-0">
          {verdict.message} Kind: <b>{verdict.kind.replaceAll('_', ' ')}</b>.
        </p>
        <p className="m-0 break-all font-mono text-xs">
          stream {stream} · sequence {verdict.at.seq} · {verdict.kind}
        </p>
        <p className="m-0 mt-1">
          Everything before it still holds. Keep the database as it is and compare with a backup.
        </p>
      </Notice>
    )
  }
  return (
    <Notice
      tone="go"
      live
      title={`The chain holds: ${counted({ count: verdict.count, one: 'event' })} hashed again`}
    >
      <p className="m-0">
        Head <Digest value={verdict.head.hash} copy />
      </p>
      <p className="m-0 mt-1">
        Somebody who rewrites the whole chain and its head is found only by a head kept elsewhere, such as a
        signer’s receipt.
      </p>
    </Notice>
  )
}
