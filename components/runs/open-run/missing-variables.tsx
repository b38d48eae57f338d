import Link from 'next/link'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { NeededVariable } from '#lib/runs/open-form.ts'
import { paths } from '#lib/shared/paths.ts'
import { counted } from '#lib/shared/words.ts'

function leftOutWords({ probes, names }: { probes: number; names: readonly string[] }): string {
  if (probes === 0) return ''
  const those = counted({ count: probes, one: 'probe is', many: 'probes are' })
  return `${those} left out, as not all of ${names.join(', ')} are set; people tick those items.`
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
  unasked: { probes: number; names: readonly string[] }
}) {
  const href = paths.service({ team, service })
  if (missing.length === 0)
    return unasked.probes === 0 ? null : (
      <p className="m-0 text-sm break-words text-soft">
        {leftOutWords(unasked)} <Link href={href}>Set variables</Link>
      </p>
    )
  const items = missing.reduce((sum, one) => sum + one.items, 0)
  return (
    <Notice
      live
      title={`${environment} does not set ${missing.map(({ name }) => name).join(', ')}`}
      action={<LinkButton href={href}>Set variables</LinkButton>}
    >
      {counted({ count: items, one: 'probe asks', many: 'probes ask' })} for what is missing and will be
      inconclusive. Such an item can still be claimed by a person, with a reason. {leftOutWords(unasked)}
    </Notice>
  )
}
