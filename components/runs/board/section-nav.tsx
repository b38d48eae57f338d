'use client'
import { cx } from '#components/ui/cx.ts'
import type { BoardView } from '#lib/runs/board.ts'
import { STAGES, type Stage } from '#lib/shared/codes.ts'
import { capitalised, STAGE_WORDS } from '#lib/shared/words.ts'
import { useBoard } from '../use-board.ts'
import { sectionAnchor, TRIGGERS_ANCHOR } from './section-anchor.ts'
import { countWords } from './section-words.ts'
import { useSectionInView } from './use-section-in-view.ts'

const line =
  'grid grid-cols-[1fr_auto] items-baseline gap-2 rounded-md px-2 py-1 text-soft no-underline hover:text-ink aria-[current]:bg-paper aria-[current]:font-strong aria-[current]:text-ink aria-[current]:shadow-[0_0_0_1px_var(--line)]'

function byStage(sections: BoardView['sections']): { stage: Stage; sections: BoardView['sections'] }[] {
  return STAGES.map((stage) => ({
    stage,
    sections: sections.filter((section) => section.stage === stage),
  })).filter((group) => group.sections.length > 0)
}

/** The checklist's headings by stage, each with how much of it is settled. */
export function SectionNav() {
  const sections = useBoard((board) => board.sections)
  const triggers = useBoard((board) => board.triggers.length)
  const isOver = useBoard((board) => board.run.endedAt !== null)
  const inView = useSectionInView(sections)
  return (
    <nav aria-label="Sections" className="text-sm">
      {byStage(sections).map((group) => (
        <div key={group.stage} className="mb-3">
          <h2 className="m-0 px-2 pb-1 text-2xs font-strong tracking-[0.07em] text-faint uppercase">
            {capitalised(STAGE_WORDS[group.stage])}
          </h2>
          <ul className="m-0 list-none p-0">
            {group.sections.map((section) => (
              <li key={section.key}>
                <a
                  href={`#${sectionAnchor(section.key)}`}
                  aria-current={section.key === inView ? 'true' : undefined}
                  title={section.path.join(' / ')}
                  className={line}
                >
                  <span className="min-w-0 truncate">{section.title}</span>
                  <span
                    className={cx(
                      'font-mono text-xs font-normal tabular-nums',
                      section.failed > 0 ? 'text-no' : 'text-faint',
                    )}
                  >
                    {countWords(section)}
                    {section.failed > 0 ? (
                      <span className="sr-only"> settled, {section.failed} failed</span>
                    ) : null}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {triggers > 0 ? (
        <a href={`#${TRIGGERS_ANCHOR}`} className={line}>
          <span>Rollback triggers</span>
          <span className="font-mono text-xs text-faint">{isOver ? triggers : 'armed'}</span>
        </a>
      ) : null}
    </nav>
  )
}
