import { Code } from '#components/ui/code.tsx'
import { Digest } from '#components/ui/digest.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Utc } from '#components/ui/utc.tsx'
import { groupItems, LIMITATION_WORDS, type Pace } from '#lib/runs/manifest.ts'
import type { SigningView } from '#lib/runs/read/signing.ts'
import { formatDuration } from '#lib/shared/time.ts'
import { RUN_STATE_WORDS } from '#lib/shared/words.ts'
import { ChangesSince } from './changes-since.tsx'
import { ManifestGroup } from './manifest-group.tsx'

function paceWords({ ticks, firstAt, lastAt, fastestFiveMs }: Pace): string {
  if (ticks === 0 || firstAt === null || lastAt === null)
    return 'Nobody has ticked anything by hand in this run.'
  const span = ticks > 1 ? ` in ${formatDuration(lastAt - firstAt)}` : ''
  const fastest =
    fastestFiveMs === null ? '' : `; the fastest five within ${formatDuration(fastestFiveMs)} of each other`
  return `Pace of this run: ${ticks} ${ticks === 1 ? 'item was' : 'items were'} ticked by hand${span}${fastest}.`
}

/** The exact text that a signature covers, in reading order; the canonical bytes are at its end. */
export function SigningPaper({ view }: { view: SigningView }) {
  const { manifest } = view
  const groups = groupItems(manifest.items)
  const { start, end } = manifest.window
  return (
    <article className="rounded-2xl border border-line bg-paper px-5 py-6 sm:px-10 sm:py-8">
      <h1 className="m-0 text-2xl font-bold tracking-tight">Sign as {manifest.role}</h1>
      <p className="mb-5 mt-1 text-soft">
        This is the exact text your signature covers. Nothing outside this page is signed.
      </p>
      {view.since ? <ChangesSince since={view.since} manifest={manifest} /> : null}
      <Facts
        layout="list"
        items={[
          {
            term: 'Release',
            value: (
              <>
                {manifest.run.service} <Code>{manifest.release.version}</Code>, commit{' '}
                <Code>{manifest.release.commit}</Code>
                {manifest.release.artifactDigest ? (
                  <>
                    , artifact <Digest value={manifest.release.artifactDigest} />
                  </>
                ) : null}
              </>
            ),
          },
          { term: 'Commit author', value: manifest.author?.name ?? 'nobody named' },
          {
            term: 'To',
            value: (
              <>
                {manifest.run.environment}
                {start !== null || end !== null ? ', window ' : ''}
                {start !== null ? <Utc at={new Date(start)} /> : null}
                {start !== null || end !== null ? ' to ' : ''}
                {end !== null ? <Utc at={new Date(end)} /> : null}
              </>
            ),
          },
          ...(manifest.change ? [{ term: 'Change', value: manifest.change }] : []),
          {
            term: 'Checklist',
            value: `${manifest.checklist.title} v${manifest.checklist.version}, ${manifest.items.length} items in your scope`,
          },
        ]}
      />
      {manifest.limitations.map((code) => (
        <Notice key={code} tone="warn" title="A limit of this signature" className="mt-5">
          {LIMITATION_WORDS[code]} Name the author with “Correct release…” on the run’s page, or sign with
          this sentence in the record.
        </Notice>
      ))}
      {manifest.run.state === 'preparing' ? null : (
        <Notice tone="warn" title="The deployment has started" className="mt-5">
          The run is {RUN_STATE_WORDS[manifest.run.state]}. A no-go turns the gate to NO-GO and is shown to
          everybody; it does not stop what already runs.
        </Notice>
      )}
      <ManifestGroup title="Not settled" items={groups.unsettled} />
      <ManifestGroup title="Let through without proof" items={groups.letThrough} />
      <ManifestGroup title="Said by people" items={groups.said} />
      <ManifestGroup title="Seen by machines" items={groups.seen} />
      <p className="my-6 border-l-[3px] border-line pl-3.5 text-sm text-soft">{paceWords(manifest.pace)}</p>
      <Disclosure summary="The canonical text (RFC 8785) whose SHA-256 is signed">
        <pre className="m-0 max-h-80 overflow-auto whitespace-pre-wrap break-all font-mono text-xs text-soft">
          {view.text}
        </pre>
      </Disclosure>
    </article>
  )
}
