import { Tag } from '#components/ui/tag.tsx'
import { counted } from '#lib/shared/words.ts'

/** The team's sign-off roles, with how many can sign as each: a role that nobody holds blocks every run that asks for it. */
export function SignoffRoles({ roles }: { roles: { name: string; holders: number }[] }) {
  return (
    <ul className="m-0 grid list-none gap-x-8 divide-y divide-hair p-0 sm:grid-cols-2 sm:divide-y-0">
      {roles.map((role) => (
        <li key={role.name} className="flex flex-wrap items-center justify-between gap-x-3 py-1.5">
          <span className="font-strong break-words">{role.name}</span>
          {role.holders === 0 ? (
            <Tag tone="warn">nobody holds it</Tag>
          ) : (
            <span className="text-sm text-soft">{counted({ count: role.holders, one: 'holder' })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
