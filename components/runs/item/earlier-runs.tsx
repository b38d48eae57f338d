'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { ItemBox } from '#components/ui/item-box.tsx'
import { Time } from '#components/ui/time.tsx'
import { earlierItemsQuery } from '#lib/runs/queries.ts'
import { paths } from '#lib/shared/paths.ts'
import { GRADE_WORDS, ITEM_STATE_WORDS } from '#lib/shared/words.ts'
import { InlineText } from './inline-text.tsx'

/** The same item in the last runs of this service, whatever its words were then. */
export function EarlierRuns({ runId, itemKey, text }: { runId: string; itemKey: string; text: string }) {
  const { data } = useQuery(earlierItemsQuery({ runId, key: itemKey }))
  if (!data || data.rows.length === 0) return null
  const { team, service, rows } = data
  return (
    <section aria-labelledby="earlier-runs" className="mt-6 border-t border-t-line pt-4">
      <h3 id="earlier-runs" className="m-0 mb-2 text-base font-bold">
        In earlier runs
      </h3>
      <ol className="m-0 grid list-none gap-2 p-0">
        {rows.map((row) => (
          <li key={row.number} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
            <ItemBox state={row.state} size="sm" className="pt-0.5" />
            <div className="min-w-0">
              <p className="m-0">
                <Link href={paths.runItem({ team, service, number: row.number, itemKey })}>
                  {service} #{row.number}
                </Link>{' '}
                <span className="text-sm text-soft">
                  {row.version} · {row.environment} · {ITEM_STATE_WORDS[row.state]}
                  {row.state === 'passed' ? `, ${GRADE_WORDS[row.grade]}` : ''}
                </span>
              </p>
              {row.last ? (
                <p className="m-0 text-sm text-soft">
                  {row.last.by}, <Time at={new Date(row.last.at).toISOString()} />
                </p>
              ) : null}
              {row.text === text ? null : (
                <p className="m-0 text-sm break-words text-soft">
                  then: <InlineText text={row.text} />
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
