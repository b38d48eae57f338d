import Link from 'next/link'
import { SectionCard } from '#components/ui/section-card.tsx'
import { Time } from '#components/ui/time.tsx'
import { paths } from '#lib/shared/paths.ts'
import type { TemplateVersionView } from '#lib/templates/read.ts'
import { ComparePicker } from './compare-picker.tsx'

/** Every version, newest first, with who published it, why, and what it changed. */
export function VersionList({
  team,
  template,
  current,
  versions,
}: {
  team: string
  template: string
  current: number
  versions: TemplateVersionView['versions']
}) {
  return (
    <SectionCard title="Versions">
      <ol reversed className="m-0 grid list-none gap-1.5 p-0">
        {versions.map(({ number, note, publishedAt, publishedBy }) => (
          <li key={number} className="flex flex-wrap gap-x-2.5">
            <Link
              href={paths.templateVersion({ team, template, number })}
              aria-current={number === current ? 'page' : undefined}
              className="font-mono text-xs/6 aria-[current=page]:font-bold"
            >
              v{number}
            </Link>
            <span className="text-soft">
              <Time at={new Date(publishedAt).toISOString()} /> · {publishedBy}
            </span>
            {note ? <span className="min-w-0 break-words">{note}</span> : null}
            {number > 1 ? (
              <Link
                href={paths.templateDiff({ team, template, from: number - 1, to: number })}
                aria-label={`What version ${number} changed`}
                className="ml-auto text-sm/6"
              >
                changes
              </Link>
            ) : null}
          </li>
        ))}
      </ol>
      {versions.length > 1 ? (
        <div className="mt-4">
          <ComparePicker
            team={team}
            template={template}
            from={current === versions[0]?.number ? current - 1 : current}
            to={versions[0]?.number ?? current}
            numbers={versions.map(({ number }) => number)}
          />
        </div>
      ) : null}
    </SectionCard>
  )
}
