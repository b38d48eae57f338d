import { RunStateTag } from '#components/history/run-state-tag.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { PrintLine } from '#components/ui/print-line.tsx'
import { Utc } from '#components/ui/utc.tsx'
import type { RunView } from '#lib/runs/board.ts'
import type { RecordView } from '#lib/runs/record.ts'
import { digestWords } from '#lib/shared/digest-words.ts'
import { paths } from '#lib/shared/paths.ts'
import { counted } from '#lib/shared/words.ts'
import { RecordSections } from './record-sections.tsx'
import { RecordSignatures } from './record-signatures.tsx'

function moments(run: RunView): { term: string; at: number | null }[] {
  return [
    { term: 'Opened', at: run.openedAt },
    { term: 'Started', at: run.startedAt },
    { term: 'Deployed', at: run.deployedAt },
    { term: 'Rollback started', at: run.rollbackAt },
    { term: 'Ended', at: run.endedAt },
  ]
}

/** The run as a document: what was released, who signed, every item, and the head of its log. Prints on A4 and Letter. */
export function RecordPaper({ team, record }: { team: string; record: RecordView }) {
  const { board, signatures, head } = record
  const { run, counts } = board
  const name = `${run.service.slug} #${run.number}`
  return (
    <article className="rounded-2xl border border-line bg-paper px-5 py-6 sm:px-10 sm:py-8 print:border-0 print:p-0">
      <PrintLine
        text={`${run.sample ? 'SAMPLE · ' : ''}${name} · ${run.version} · ${run.commit} · log ${head.seq} ${head.hash.slice(0, 16)}`}
      />
      {run.sample ? <p className="m-0 font-bold text-warn">SAMPLE: this run never happened.</p> : null}
      <h1 className="m-0 mb-4 flex flex-wrap items-center gap-3 text-2xl font-bold tracking-tight">
        {name} <RunStateTag state={run.state} />
      </h1>
      <Facts
        layout="list"
        items={[
          {
            term: 'Release',
            value: (
              <span className="wrap-anywhere font-mono text-xs">
                {[run.version, run.commit, run.artifactDigest].filter(Boolean).join(' · ')}
              </span>
            ),
          },
          { term: 'Commit author', value: run.author?.name ?? 'nobody named' },
          { term: 'To', value: run.environment.name },
          { term: 'Checklist', value: `${run.template.name} v${run.template.number}` },
          ...(run.changeTicket ? [{ term: 'Change', value: run.changeTicket }] : []),
          { term: 'Opened by', value: run.openedBy.name },
          ...moments(run).flatMap(({ term, at }) =>
            at === null ? [] : [{ term, value: <Utc key={term} at={new Date(at)} show="second" /> }],
          ),
          ...(run.reason ? [{ term: 'Reason', value: run.reason }] : []),
          {
            term: 'Items',
            value: `${counts.observed} observed, ${counts.witnessed} witnessed, ${counts.claimed} claimed, ${counts.tooOld > 0 ? `${counts.tooOld} too old, ` : ''}${counts.notApplicable} n/a, ${counts.waived} waived, ${counts.failed} failed, ${counts.unproven} open or unproven`,
          },
        ]}
      />
      <h2 className="mb-2 mt-8 text-lg font-bold">Sign-off</h2>
      <RecordSignatures
        slots={board.slots}
        signatures={signatures}
        hrefOf={(signed) => paths.signed({ team, service: run.service.slug, number: run.number, ...signed })}
      />
      <RecordSections board={board} />
      <p className="mt-8 break-all border-t border-line pt-3 font-mono text-xs text-soft">
        {counted({ count: head.seq, one: 'event' })} in the log of this run, head sha256 {head.hash} ·{' '}
        {digestWords(head.hash)}
      </p>
    </article>
  )
}
