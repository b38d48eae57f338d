import { Notice } from '#components/ui/notice.tsx'
import { LIMITATION_WORDS } from '#lib/runs/manifest.ts'
import type { SigningView } from '#lib/runs/read/signing.ts'
import { RUN_STATE_WORDS } from '#lib/shared/words.ts'
import { ChangesSince } from './changes-since.tsx'
import { ManifestPaper } from './manifest-paper.tsx'

/** What is about to be signed: the exact text, with what changed since the role was last signed above it. */
export function SigningPaper({ view }: { view: SigningView }) {
  const { manifest } = view
  return (
    <ManifestPaper
      title={`Sign as ${manifest.role}`}
      lead="This is the exact text your signature covers. Nothing outside this page is signed."
      before={view.since ? <ChangesSince since={view.since} manifest={manifest} /> : null}
      limits={
        <>
          {manifest.limitations.map((code) => (
            <Notice key={code} tone="warn" title="A limit of this signature" className="mt-5">
              {LIMITATION_WORDS[code]} Name the author with “Correct release…” on the run’s page, or sign with
              this sentence in the record.
            </Notice>
          ))}
          {manifest.run.state === 'preparing' ? null : (
            <Notice tone="warn" title="The deployment has started" className="mt-5">
              The run is {RUN_STATE_WORDS[manifest.run.state]}. A no-go turns the gate to NO-GO and is shown
              to everybody; it does not stop what already runs.
            </Notice>
          )}
        </>
      }
      manifest={manifest}
      text={view.text}
    />
  )
}
