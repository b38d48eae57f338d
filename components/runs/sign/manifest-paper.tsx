import type { ReactNode } from 'react'
import { Code } from '#components/ui/code.tsx'
import { Digest } from '#components/ui/digest.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Utc } from '#components/ui/utc.tsx'
import { groupItems, type Manifest, type Pace } from '#lib/runs/manifest.ts'
import { formatDuration } from '#lib/shared/time.ts'
import { ManifestGroup } from './manifest-group.tsx'

function paceWords({ ticks, firstAt, lastAt, fastestFiveMs }: Pace): string {
  if (ticks === 0 || firstAt === null || lastAt === null)
    return 'Nobody has ticked anything by hand in this run.'
  const span = ticks > 1 ? ` in ${formatDuration(lastAt - firstAt)}` : ''
  const fastest =
    fastestFiveMs === null ? '' : `; the fastest five within ${formatDuration(fastestFiveMs)} of each other`
  return `Pace of this run: ${ticks} ${ticks === 1 ? 'item was' : 'items were'} ticked by hand${span}${fastest}.`
}

/** The text that a signature covers, in reading order; the canonical bytes are at its end. */
export function ManifestPaper({
  title,
  lead,
  before,
  limits,
  manifest,
  text,
}: {
  title: string
  lead: ReactNode
  /** What stands above the release: changes since the last signature, or the signature itself. */
  before?: ReactNode
  limits?: ReactNode
  manifest: Manifest
  text: string
}) {
  const groups = groupItems(manifest.items)
  const { start, end } = manifest.window
  return (
    <article className="rounded-2xl border border-line bg-paper px-5 py-6 sm:px-10 sm:py-8">
      <h1 className="m-0 text-2xl font-bold tracking-tight">{title}</h1>
      <p className="mb-5 mt-1 text-soft">{lead}</p>
      {before}
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
            value: `${manifest.checklist.title} v${manifest.checklist.version}, ${manifest.items.length} items in scope`,
          },
        ]}
      />
      {limits}
      <ManifestGroup title="Not settled" items={groups.unsettled} />
      <ManifestGroup title="Let through without proof" items={groups.letThrough} />
      <ManifestGroup title="Said by people" items={groups.said} />
      <ManifestGroup title="Seen by machines" items={groups.seen} />
      <p className="my-6 border-l-[3px] border-line pl-3.5 text-sm text-soft">{paceWords(manifest.pace)}</p>
      <Disclosure summary="The canonical text (RFC 8785) whose SHA-256 is signed">
        <pre className="m-0 max-h-80 overflow-auto whitespace-pre-wrap break-all font-mono text-xs text-soft">
          {text}
        </pre>
      </Disclosure>
    </article>
  )
}
