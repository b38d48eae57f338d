import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { NeededVariable } from '#lib/runs/open-form.ts'
import { paths } from '#lib/shared/paths.ts'
import { counted } from '#lib/shared/words.ts'

/** What the checklist's probes will miss in the chosen environment, before the run is opened and they say so one by one. */
export function MissingVariables({
  team,
  service,
  environment,
  missing,
}: {
  team: string
  service: string
  environment: string
  missing: readonly NeededVariable[]
}) {
  if (missing.length === 0) return null
  const items = missing.reduce((sum, one) => sum + one.items, 0)
  return (
    <Notice
      live
      title={`${environment} does not set ${missing.map(({ name }) => name).join(', ')}`}
      action={<LinkButton href={paths.service({ team, service })}>Set variables</LinkButton>}
    >
      {counted({ count: items, one: 'probe asks', many: 'probes ask' })} for what is missing and will be
      inconclusive. Such an item can still be claimed by a person, with a reason.
    </Notice>
  )
}
