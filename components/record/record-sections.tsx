import type { BoardView } from '#lib/runs/board.ts'
import { STAGES } from '#lib/shared/codes.ts'
import { capitalised, STAGE_WORDS } from '#lib/shared/words.ts'
import { RecordItem } from './record-item.tsx'

/** Every item of the run, stage by stage, in the order of the checklist. */
export function RecordSections({ board }: { board: BoardView }) {
  return STAGES.map((stage) => {
    const sections = board.sections.filter((section) => section.stage === stage)
    if (sections.length === 0) return null
    return (
      <section key={stage} className="mt-8">
        <h2 className="m-0 text-lg font-bold">{capitalised(STAGE_WORDS[stage])}</h2>
        {sections.map((section) => (
          <div key={section.key} className="mt-3">
            <h3 className="m-0 mb-1 text-sm font-bold">
              {section.title}{' '}
              <span className="font-normal text-faint">{`${section.settled} of ${section.total}`}</span>
            </h3>
            <ul className="m-0 list-none p-0">
              {board.items
                .filter(({ sectionKey }) => sectionKey === section.key)
                .map((item) => (
                  <RecordItem key={item.key} item={item} />
                ))}
            </ul>
          </div>
        ))}
      </section>
    )
  })
}
