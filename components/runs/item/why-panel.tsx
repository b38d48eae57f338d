'use client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Dialog } from '#components/ui/dialog.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { lookSeries } from '#lib/probes/look-series.ts'
import type { ItemView } from '#lib/runs/board.ts'
import { flapWords } from '#lib/runs/flap-score.ts'
import type { HistoryRow } from '#lib/runs/item-history.ts'
import { itemHistoryQuery } from '#lib/runs/queries.ts'
import { closeOverlay, useDesk } from '../board/desk.ts'
import { useBoard } from '../use-board.ts'
import { Attachments } from './attachments.tsx'
import { EarlierRuns } from './earlier-runs.tsx'
import { EvidenceRow } from './evidence-row.tsx'
import { InlineText } from './inline-text.tsx'
import { unaskedWords } from './item-evidence.tsx'
import { LookChart } from './look-chart.tsx'
import { PushHelp } from './push-help.tsx'
import { WhyFooter } from './why-footer.tsx'

/** As many looks as a chart can show apart. */
const CHARTED = 40

function seriesOf(rows: readonly HistoryRow[]) {
  const looks = rows.flatMap(({ observation }) => (observation ? [observation] : []))
  return lookSeries(looks.slice(0, CHARTED).reverse())
}

/** What a machine looks at here, or would. */
function asksOf({ probe, shadow, unasked }: ItemView): ReactNode {
  const asked = probe ?? shadow
  if (asked) {
    return (
      <span className="font-mono text-xs">
        {shadow ? 'probe in shadow, counts for nothing: ' : 'probe: '}
        {asked.text}
      </span>
    )
  }
  return unasked ? `${unaskedWords(unasked)}, which was not so when this run was opened.` : undefined
}

/** Everything that was ever recorded at one item, newest first: nothing behind a mark is hidden. */
export default function WhyPanel({ itemKey, attach }: { itemKey: string; attach: boolean }) {
  const desk = useDesk()
  const item = useBoard((board) => board.items.find(({ key }) => key === itemKey))
  const history = useQuery(itemHistoryQuery({ runId: desk.runId, key: itemKey, seq: item?.seq ?? 0 }))
  if (!item) return null
  const flaps = flapWords(history.data?.rows ?? [])
  const series = seriesOf(history.data?.rows ?? [])
  const newest = history.data?.rows.find(({ observation }) => observation !== null)
  // What waits to be pushed does not come by looking.
  const mayLook = item.can.probe && !item.probe?.waits
  return (
    <Dialog
      size="side"
      title={<InlineText text={item.text} />}
      description={asksOf(item)}
      onClose={() => closeOverlay(desk)}
      footer={mayLook ? <WhyFooter item={item} last={newest?.observation?.outcome ?? null} /> : undefined}
    >
      {item.probe?.waits && item.state === 'open' ? <PushHelp waits={item.probe.waits} /> : null}
      {history.isPending ? <Skeleton lines={6} label="Reading the evidence" /> : null}
      {history.error ? (
        <Notice tone="error" live title="The evidence could not be read">
          {history.error.message}
        </Notice>
      ) : null}
      {history.data?.rows.length === 0 ? (
        <EmptyState title="Nothing has been recorded here yet">
          Ticks, notes, reasons and what probes saw will stand here, each with who and when.
        </EmptyState>
      ) : null}
      {series.points.length < 2 ? null : <LookChart series={series} />}
      {flaps === null ? null : <p className="m-0 mb-4 text-sm text-warn">{flaps}</p>}
      <ol className="m-0 grid list-none gap-4 p-0">
        {history.data?.rows.map((row) => (
          <EvidenceRow key={row.n} row={row} folded={row !== newest} />
        ))}
      </ol>
      {item.probe?.waits && item.state === 'failed' ? (
        <div className="mt-5">
          <Disclosure summary="How to push it again">
            <PushHelp waits={item.probe.waits} />
          </Disclosure>
        </div>
      ) : null}
      <Attachments item={item} attach={attach} />
      <EarlierRuns runId={desk.runId} itemKey={itemKey} text={item.text} />
    </Dialog>
  )
}
