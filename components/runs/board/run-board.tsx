'use client'
import { PageBody } from '#components/shell/page-body.tsx'
import { isGateAsked } from '#lib/shared/codes.ts'
import { GateBlock } from '../gate/gate-block.tsx'
import { Reasons } from '../gate/reasons.tsx'
import { useBoard } from '../use-board.ts'
import { useBoardKeys } from '../use-board-keys.ts'
import { useBoardNews } from '../use-board-news.ts'
import { useDeepLink } from '../use-deep-link.ts'
import { useOpenEditors } from '../use-open-editors.ts'
import { ActivityLog } from './activity-log.tsx'
import { BoardFilters } from './board-filters.tsx'
import { BoardHead } from './board-head.tsx'
import { BoardItems } from './board-items.tsx'
import { Connection } from './connection.tsx'
import { FactsNotice } from './facts-notice.tsx'
import { GradeSum } from './grade-sum.tsx'
import { LateDisclosure } from './late-disclosure.tsx'
import { Overlays } from './overlays.tsx'
import { ProbeButtons } from './probe-buttons.tsx'
import { SectionNav } from './section-nav.tsx'
import { ThumbBar } from './thumb-bar.tsx'
import { TriggersSection } from './triggers-section.tsx'

const label = 'm-0 mb-2.5 text-xs font-strong tracking-[0.07em] text-faint uppercase'

/** A run as a document: the answer, then one calm column of items; everything else stands around it. */
export function RunBoard({ teamName }: { teamName: string }) {
  const isRefused = useBoard((board) => !board.gate.go && isGateAsked(board.run.state))
  const live = useBoardNews()
  useBoardKeys()
  useDeepLink()
  useOpenEditors()
  return (
    <PageBody>
      <BoardHead teamName={teamName} />
      <GateBlock />
      <Connection live={live} />
      <FactsNotice />
      <div className="mt-5.5 gap-x-7 lg:grid lg:grid-cols-[11.5rem_minmax(0,1fr)_15rem] xl:grid-cols-[13.75rem_minmax(0,1fr)_18.75rem] xl:gap-x-7.5">
        <div className="sticky top-16 max-h-[calc(100dvh-5rem)] self-start overflow-y-auto pr-1 max-lg:hidden">
          <SectionNav />
        </div>
        <div className="min-w-0">
          <GradeSum />
          <div className="mt-4 mb-5">
            <BoardFilters>
              <ProbeButtons />
            </BoardFilters>
          </div>
          <BoardItems />
          <TriggersSection />
          <div className="mt-8 lg:hidden">
            <LateDisclosure summary="Activity">{() => <ActivityLog />}</LateDisclosure>
          </div>
        </div>
        <aside
          aria-label="Beside the run"
          className="sticky top-16 max-h-[calc(100dvh-5rem)] self-start overflow-y-auto pl-2 -ml-2 max-lg:hidden"
        >
          {isRefused ? (
            <section aria-labelledby="why-no-go" className="mb-6">
              <h2 id="why-no-go" className={label}>
                Why no-go
              </h2>
              <div className="rounded-xl border border-line bg-paper px-3.5 py-3">
                <Reasons />
              </div>
            </section>
          ) : null}
          <section aria-labelledby="activity">
            <h2 id="activity" className={label}>
              Activity
            </h2>
            <ActivityLog />
          </section>
        </aside>
      </div>
      <ThumbBar />
      <Overlays />
    </PageBody>
  )
}
