import { Notice } from '#components/ui/notice.tsx'
import { Utc } from '#components/ui/utc.tsx'
import { LIMITATION_WORDS } from '#lib/runs/manifest.ts'
import type { SignedView } from '#lib/runs/read/signed.ts'
import { digestWords } from '#lib/shared/digest-words.ts'
import { DECISION_WORDS } from '#lib/shared/words.ts'
import { ManifestPaper } from './manifest-paper.tsx'

function toneOf({ decision, staleReason, superseded }: SignedView): 'go' | 'warn' | 'error' {
  if (decision === 'no_go') return 'error'
  return decision === 'go' && !staleReason && !superseded ? 'go' : 'warn'
}

/** A signature (21 CFR 11.50: printed name, time, meaning) and the text that was shown to the signer, as it is kept. */
export function SignedPaper({ signed }: { signed: SignedView }) {
  const { manifest, holds, hash, superseded, staleReason } = signed
  return (
    <ManifestPaper
      title={`Signed as ${signed.role}`}
      lead={`This is the text that ${signed.name} signed, as it was then. The run may have moved on since.`}
      before={
        <div className="mb-5 grid gap-3">
          {holds ? null : (
            <Notice tone="error" title="This is not the text that was signed">
              Its digest is another one: somebody has changed it in the database. Verify the chain of this run
              and compare with a backup.
            </Notice>
          )}
          <Notice tone={toneOf(signed)} title={`${DECISION_WORDS[signed.decision]}, ${signed.name}`}>
            <p className="m-0">
              <Utc at={new Date(signed.signedAt)} show="second" /> · {signed.meaning}
            </p>
            {signed.reason ? <p className="m-0">“{signed.reason}”</p> : null}
            {superseded ? <p className="m-0">A later signature stands in its place.</p> : null}
            {staleReason ? <p className="m-0">Stale: {staleReason}</p> : null}
            <p className="m-0 mt-1 break-all font-mono text-xs">
              {digestWords(hash)} · sha256 {hash} · {signed.method}
            </p>
          </Notice>
        </div>
      }
      limits={manifest.limitations.map((code) => (
        <Notice key={code} tone="warn" title="A limit of this signature" className="mt-5">
          {LIMITATION_WORDS[code]}
        </Notice>
      ))}
      manifest={manifest}
      text={signed.text}
    />
  )
}
