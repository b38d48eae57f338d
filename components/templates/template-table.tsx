import Link from 'next/link'
import { cx } from '#components/ui/cx.ts'
import { Table, WIDE_CELL } from '#components/ui/table.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import { paths } from '#lib/shared/paths.ts'
import { counted } from '#lib/shared/words.ts'
import type { TemplateRow } from '#lib/templates/read.ts'

/** The team's checklists with their latest version. */
export function TemplateTable({ team, templates }: { team: string; templates: readonly TemplateRow[] }) {
  return (
    <Table caption="Templates">
      <thead>
        <tr>
          <th scope="col">Checklist</th>
          <th scope="col" className={WIDE_CELL}>
            Version
          </th>
          <th scope="col" className={cx('text-right', WIDE_CELL)}>
            Items
          </th>
          <th scope="col" className={WIDE_CELL}>
            Signed by
          </th>
          <th scope="col" className={WIDE_CELL}>
            Published
          </th>
          <th scope="col" className={cx('text-right', WIDE_CELL)}>
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
                <span className="block text-sm font-normal text-soft tabular-nums sm:hidden">
                  <span className="font-mono text-xs">v{number}</span> ·{' '}
                  {[
                    counted({ count: items, one: 'item' }),
                    ...(steps > 0 ? [counted({ count: steps, one: 'step' })] : []),
                    ...(openRuns > 0 ? [counted({ count: openRuns, one: 'open run' })] : []),
                  ].join(' · ')}
                </span>
              </th>
              <td className={cx('font-mono text-xs/6', WIDE_CELL)}>v{number}</td>
              <td className={cx('text-right whitespace-nowrap tabular-nums', WIDE_CELL)}>
                {items}
                {steps > 0 ? <span className="text-soft"> + {steps} steps</span> : null}
              </td>
              <td className={cx('min-w-36', WIDE_CELL)}>
                {roles.join(', ') || <span className="text-faint">nobody</span>}
              </td>
              <td className={cx('whitespace-nowrap', WIDE_CELL)}>
                <Time at={new Date(publishedAt).toISOString()} show="date" />{' '}
                <span className="text-soft">{publishedBy}</span>
              </td>
              <td className={cx('text-right tabular-nums', WIDE_CELL)}>{openRuns}</td>
            </tr>
          ),
        )}
      </tbody>
    </Table>
  )
}
