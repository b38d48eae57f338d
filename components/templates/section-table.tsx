import { Table } from '#components/ui/table.tsx'
import { STAGE_WORDS } from '#lib/shared/words.ts'
import type { Review } from '#lib/templates/review.ts'

const FROM = {
  annotation: 'as annotated',
  heading: 'by its heading',
  parent: 'by the heading above',
  default: 'because nothing says otherwise',
} as const

/** Sections with the stage that each one opens in, and where that was taken from. */
export function SectionTable({ sections }: { sections: Review['sections'] }) {
  return (
    <Table caption="Sections and stages" dense>
      <thead>
        <tr>
          <th scope="col">Section</th>
          <th scope="col">Stage</th>
          <th scope="col" className="text-right">
            Items
          </th>
          <th scope="col" className="text-right">
            Steps
          </th>
          <th scope="col" className="text-right">
            Probes
          </th>
        </tr>
      </thead>
      <tbody>
        {sections.map(({ key, path, stage, stageFrom, items, steps, probes }) => (
          <tr key={key}>
            <th scope="row" className="min-w-40">
              {path.join(' / ') || 'Before the first heading'}
            </th>
            <td className="whitespace-nowrap">
              {STAGE_WORDS[stage]} <span className="text-soft">{FROM[stageFrom]}</span>
            </td>
            <td className="text-right tabular-nums">{items}</td>
            <td className="text-right tabular-nums">{steps}</td>
            <td className="text-right tabular-nums">{probes}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
