import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { paths } from '#lib/shared/paths.ts'

/** One run at a time per service and environment: says which one is open and leads there. */
export function LiveRunNotice({
  team,
  service,
  environment,
  number,
}: {
  team: string
  service: { slug: string; name: string }
  environment: string
  number: number
}) {
  return (
    <Notice
      tone="warn"
      live
      title={`${service.name} #${number} is still open in ${environment}`}
      action={
        <LinkButton href={paths.run({ team, service: service.slug, number })}>Go to #{number}</LinkButton>
      }
    >
      One run at a time for a service and an environment. Finish or abort that one first.
    </Notice>
  )
}
