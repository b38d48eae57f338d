import Link from 'next/link'
import { Tag } from '#components/ui/tag.tsx'
import type { ServiceRow } from '#lib/services/read.ts'
import { paths } from '#lib/shared/paths.ts'
import { counted } from '#lib/shared/words.ts'

export function ServiceList({ team, services }: { team: string; services: ServiceRow[] }) {
  return (
    <ul className="m-0 grid list-none grid-cols-[minmax(0,1fr)] divide-y divide-hair rounded-2xl border border-line bg-paper p-0">
      {services.map((service) => (
        <li
          key={service.slug}
          className="relative flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-3 hover:bg-hair sm:px-6"
        >
          <div className="min-w-0 flex-1 basis-48">
            <Link
              href={paths.service({ team, service: service.slug })}
              className="font-strong break-words text-ink after:absolute after:inset-0 hover:underline"
            >
              {service.name}
            </Link>
            <p className="m-0 font-mono text-xs break-all text-soft">{service.slug}</p>
          </div>
          <div className="flex min-w-0 max-w-full flex-wrap gap-1.5">
            {service.environments.map((environment) => (
              <Tag key={environment} className="max-w-full">
                <span className="truncate">{environment}</span>
              </Tag>
            ))}
          </div>
          <p className="m-0 text-sm text-faint">
            {counted({ count: service.runs, one: 'run' })},{' '}
            {counted({ count: service.tokens, one: 'pipeline token' })}
          </p>
        </li>
      ))}
    </ul>
  )
}
