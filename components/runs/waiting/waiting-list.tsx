import Link from 'next/link'
import type { ReactNode } from 'react'
import { SectionCard } from '#components/ui/section-card.tsx'
import type { WaitingRun } from '#lib/runs/waiting.ts'

export type WaitingLine = {
  key: string
  href: string
  title: ReactNode
  run: WaitingRun
  reason: string
  /** Nothing to be done yet: told, but quiet. */
  quiet?: boolean
  action?: ReactNode
}

/** One kind of thing that waits, each with where it is and why. */
export function WaitingList({
  title,
  note,
  lines,
}: {
  title: string
  note: string
  lines: readonly WaitingLine[]
}) {
  if (lines.length === 0) return null
  return (
    <SectionCard title={title} note={note}>
      <ul className="m-0 list-none divide-y divide-hair p-0">
        {lines.map((line) => (
          <li key={line.key} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 py-2.5">
            <div className="min-w-0 flex-1 basis-64">
              <Link
                href={line.href}
                className={
                  line.quiet
                    ? 'text-soft no-underline hover:underline'
                    : 'font-strong text-ink no-underline hover:underline'
                }
              >
                {line.title}
              </Link>
              <p className="m-0 text-sm text-soft">
                {line.run.service} #{line.run.number} · {line.run.environment} · {line.run.version} ·{' '}
                {line.reason}
              </p>
            </div>
            {line.action}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
