import { Notice } from '#components/ui/notice.tsx'

function nobody({ role, holders }: { role: string; holders: readonly string[] }): string {
  const missing =
    holders.length > 0
      ? `Nobody else can: ${holders.join(', ')} signed another slot or wrote the commit.`
      : `Nobody in the team holds the role ${role}.`
  return `${missing} An administrator gives the role on the Members page.`
}

/** "Why can't I sign?" and "who can?", always answered. */
export function CannotSign({
  role,
  decision,
  reasons,
  holders,
  whoCan,
}: {
  role: string
  /** What cannot be signed; left out, nothing can. */
  decision?: string
  reasons: readonly string[]
  holders: readonly string[]
  whoCan: readonly string[]
}) {
  return (
    <Notice tone="warn" title={`You cannot sign ${decision ? `${decision} ` : ''}as ${role}`}>
      <ul className="m-0 list-disc pl-4.5">
        {reasons.map((reason) => (
          <li key={reason}>{reason}.</li>
        ))}
      </ul>
      <p className="mb-0 mt-2">
        {whoCan.length > 0 ? `Who can: ${whoCan.join(', ')}.` : nobody({ role, holders })}
      </p>
    </Notice>
  )
}
