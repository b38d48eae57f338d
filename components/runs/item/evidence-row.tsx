import { JudgedLine } from '#components/probes/judged-line.tsx'
import { ObservationFacts } from '#components/probes/observation-facts.tsx'
import { ReplayLine } from '#components/probes/replay-line.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import type { EvidenceKind } from '#lib/runs/evidence.ts'
import type { HistoryRow } from '#lib/runs/item-history.ts'
import { OUTCOME_WORDS } from '#lib/shared/words.ts'
import { LateDisclosure } from '../board/late-disclosure.tsx'

const DID: Record<EvidenceKind, string> = {
  tick: 'ticked it',
  untick: 'took the mark off',
  fail: 'marked it as failed',
  not_applicable: 'marked it n/a',
  verify_not_applicable: 'checked the n/a',
  witness: 'witnessed it',
  note: 'wrote a note',
  attach: 'attached',
  withdraw: 'took an attachment away',
  observation: 'looked',
  shadow: 'looked in shadow, which counts for nothing',
  notice: 'sent the notice',
  acknowledgement: 'acknowledged the notice',
  void: 'corrected the release: what was seen and told of the old one no longer counts',
}

const TONES = { pass: 'go', fail: 'no', inconclusive: 'warn' } as const

/** A flagged pass is no plain one. */
const toneOf = ({ verdict, outcome }: NonNullable<HistoryRow['observation']>) =>
  outcome === 'warn' ? 'warn' : TONES[verdict]

/** What was written: a name in the line, a letter folded, and what people typed as they said it. */
function Written({ kind, text }: { kind: EvidenceKind; text: string }) {
  if (kind === 'notice') {
    return (
      <div className="mt-1 text-sm">
        <Disclosure summary="What was sent">
          <p className="m-0 wrap-anywhere whitespace-pre-wrap">{text}</p>
        </Disclosure>
      </div>
    )
  }
  return (
    <p className="m-0 mt-1 wrap-anywhere whitespace-pre-wrap">{kind === 'attach' ? text : `“${text}”`}</p>
  )
}

function AllSeen({ observation }: { observation: NonNullable<HistoryRow['observation']> }) {
  return <ObservationFacts observation={observation} remark={<ReplayLine replay={observation.replay} />} />
}

/** One row of evidence: who did what and when, the words, and for a probe all that it saw; `folded` where a later look stands above. */
export function EvidenceRow({ row, folded }: { row: HistoryRow; folded: boolean }) {
  const { observation } = row
  return (
    <li className="border-b border-hair pb-4 last:border-0">
      <div className="flex flex-wrap items-baseline gap-x-2 text-sm text-soft">
        <span>
          <b className="font-strong text-ink">{row.by}</b> {DID[row.kind]}
          {row.sentTo ? `, by the link sent to ${row.sentTo}` : ''}
          {row.overProbe ? ', over a probe that had not shown it' : ''}
        </span>
        <span className="font-mono text-xs text-faint">
          <Time at={new Date(row.at)} show="second" />
        </span>
        {observation ? <Tag tone={toneOf(observation)}>{OUTCOME_WORDS[observation.outcome]}</Tag> : null}
      </div>
      {row.told ? (
        <p className="m-0 mt-1 font-mono text-xs">
          {row.told.line}
          <span className="text-faint"> · found unchanged; no longer kept whole</span>
        </p>
      ) : null}
      {row.text ? <Written kind={row.kind} text={row.text} /> : null}
      {observation ? <JudgedLine>{observation.judgement.line}</JudgedLine> : null}
      {observation && folded ? (
        <LateDisclosure summary="All that it saw">
          {() => <AllSeen observation={observation} />}
        </LateDisclosure>
      ) : null}
      {observation && !folded ? <AllSeen observation={observation} /> : null}
    </li>
  )
}
