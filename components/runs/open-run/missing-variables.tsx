import Link from 'next/link'
import { VariableNames } from '#components/probes/variable-names.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { NeededVariable } from '#lib/runs/open-form.ts'
import { paths } from '#lib/shared/paths.ts'
import { counted } from '#lib/shared/words.ts'

type Unasked = { probes: number; names: readonly string[] }

/** Probes that this run goes without, in one line; which variables they are waiting for is folded. */
function LeftOut({ probes, names }: Unasked) {
  const those = counted({ count: probes, one: 'probe is', many: 'probes are' })
  return (
    <Disclosure
      summary={`${those} left out: people tick those items. ${counted({ count: names.length, one: 'variable' })} not set`}
    >
      <VariableNames names={names} />
    </Disclosure>
  )
}

/** What the checklist's probes will miss in the chosen environment, before the run is opened and they say so one by one. */
export function MissingVariables({
  team,
  service,
  environment,
  missing,
  unasked,
}: {
  team: string
  service: string
  environment: string
  missing: readonly NeededVariable[]
  /** Probes that ask only where their variables are set. */
  unasked: Unasked
}) {
  const href = paths.service({ team, service })
  if (missing.length === 0)
    return unasked.probes === 0 ? null : (
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 text-sm">
        <LeftOut {...unasked} />
        <Link href={href} className="underline underline-offset-2 pointer-coarse:py-1">
          Set variables
        </Link>
      </div>
    )
  const items = missing.reduce((sum, one) => sum + one.items, 0)
  return (
    <Notice
      live
      title={`${environment} does not set ${counted({ count: missing.length, one: 'variable' })}`}
      action={<LinkButton href={href}>Set variables</LinkButton>}
    >
      <div className="grid gap-1.5">
        <VariableNames names={missing.map(({ name }) => name)} />
        <p className="m-0">
          {counted({ count: items, one: 'item asks', many: 'items ask' })} for them: probes will be
          inconclusive, notices reach nobody. A person can still claim such an item, with a reason.
        </p>
        {unasked.probes === 0 ? null : <LeftOut {...unasked} />}
      </div>
    </Notice>
  )
}
