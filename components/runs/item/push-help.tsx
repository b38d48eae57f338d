'use client'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { useHydrated } from '#components/ui/use-hydrated.ts'
import type { ItemView } from '#lib/runs/board.ts'
import { heartbeatCommand, heartbeatLine, reportCommand, reportLine } from '#lib/services/push-lines.ts'
import { useDesk } from '../board/desk.ts'
import { useBoard } from '../use-board.ts'

type Waits = NonNullable<NonNullable<ItemView['probe']>['waits']>

/** What an item waits for, in words. */
export function waitsWords(waits: Waits): string {
  if (waits.kind === 'heartbeat') return `Waits for a heartbeat of “${waits.name}”`
  return `Waits for a report of ${waits.meaning}${waits.name === null ? '' : ` named “${waits.name}”`} from CI`
}

/** How to push what an item waits for: two lines to copy, with this run's names in them. */
export function PushHelp({ waits }: { waits: Waits }) {
  const desk = useDesk()
  const environment = useBoard((board) => board.run.environment.slug)
  const commit = useBoard((board) => board.run.commit)
  // The page is read at the address that a pipeline uses too; on the server there is none.
  const publicUrl = useHydrated() ? window.location.origin : ''
  const place = { publicUrl, service: desk.address.service, environment }
  const [curl, command] =
    waits.kind === 'heartbeat'
      ? [heartbeatLine({ ...place, name: waits.name }), heartbeatCommand({ ...place, name: waits.name })]
      : [reportLine({ ...place, name: waits.name }), reportCommand({ ...place, name: waits.name })]
  return (
    <section aria-label="How to push it" className="mb-5 grid gap-2">
      <p className="m-0">{waitsWords(waits)}.</p>
      <p className="m-0 text-sm text-soft">
        {waits.kind === 'heartbeat'
          ? 'The job calls this address when it has ended. '
          : `Push the file that was made of commit ${commit}; of another one it does not count here. `}
        The token is made under Services, by an administrator.
      </p>
      <CodeBlock code={curl} label="With curl" />
      <CodeBlock code={command} label="With the command line" />
    </section>
  )
}
