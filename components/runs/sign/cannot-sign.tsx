import { Notice } from '#components/ui/notice.tsx'

/** "Why can't I sign?" and "who can?", always answered. */
export function CannotSign({
  role,
  reasons,
  holders,
}: {
  role: string
  reasons: readonly string[]
  holders: readonly string[]
}) {
  return (
    <Notice tone="warn" title={`You cannot sign as ${role}`}>
      <ul className="m-0 list-disc pl-4.5">
        {reasons.map((reason) => (
          <li key={reason}>{reason}.</li>
        ))}
      </ul>
      <p className="mb-0 mt-2">
        {holders.length > 0
          ? `Who can: ${holders.join(', ')}.`
          : `Nobody in the team holds the role ${role}; an administrator gives it on the Members page.`}
      </p>
    </Notice>
  )
}
