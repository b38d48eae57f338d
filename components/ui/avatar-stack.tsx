import { Avatar } from './avatar.tsx'
import { cx } from './cx.ts'

export type StackedPerson = { name: string; note?: string }

/** Who is here: overlapping circles, and one sentence for those who cannot see them. */
export function AvatarStack({
  people,
  max = 5,
  label,
  className,
}: {
  people: readonly StackedPerson[]
  max?: number
  /** Starts the sentence: "Here now". */
  label: string
  className?: string
}) {
  const spoken = people
    .map((person) => (person.note ? `${person.name} (${person.note})` : person.name))
    .join(', ')
  const shown = people.slice(0, max)
  const rest = people.length - shown.length
  return (
    <span className={cx('inline-flex items-center', className)} title={spoken || undefined}>
      <span className="sr-only">{`${label}: ${spoken || 'nobody'}`}</span>
      <span aria-hidden="true" className="inline-flex pl-1.5">
        {shown.map((person) => (
          <Avatar key={person.name} name={person.name} className="-ml-1 box-content border-2 border-paper" />
        ))}
      </span>
      {rest > 0 ? (
        <span aria-hidden="true" className="ml-1 text-xs text-soft">
          +{rest}
        </span>
      ) : null}
    </span>
  )
}
