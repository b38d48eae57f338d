import Link from 'next/link'
import { Table } from '#components/ui/table.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import { paths } from '#lib/shared/paths.ts'
import type { TemplateRow } from '#lib/templates/read.ts'

/** The team's checklists with their latest version. */
export function TemplateTable({ team, templates }: { team: string; templates: readonly TemplateRow[] }) {
  return (
    <Table caption="Templates">
      <thead>
        <tr>
          <th scope="col">Checklist</th>
          <th scope="col">Version</th>
          <th scope="col" className="text-right">
            Items
          </th>
          <th scope="col">Signed by</th>
          <th scope="col">Published</th>
          <th scope="col" className="text-right">
            Open runs
          </th>
        </tr>
      </thead>
      <tbody>
        {templates.map(
          ({ slug, name, number, archived, items, steps, roles, publishedAt, publishedBy, openRuns }) => (
            <tr key={slug}>
              <th scope="row" className="min-w-40">
                <Link href={paths.templateVersion({ team, template: slug, number })} className="break-words">
                  {name}
                </Link>{' '}
                {archived ? <Tag tone="neutral">archived</Tag> : null}
              </th>
              <td className="font-mono text-xs/6">v{number}</td>
              <td className="text-right whitespace-nowrap tabular-nums">
                {items}
                {steps > 0 ? <span className="text-soft"> + {steps} steps</span> : null}
              </td>
              <td className="min-w-36">{roles.join(', ') || <span className="text-faint">nobody</span>}</td>
              <td className="whitespace-nowrap">
                <Time at={new Date(publishedAt).toISOString()} show="date" />{' '}
                <span className="text-soft">{publishedBy}</span>
              </td>
              <td className="text-right tabular-nums">{openRuns}</td>
            </tr>
          ),
        )}
      </tbody>
    </Table>
  )
}
