import { Code } from '#components/ui/code.tsx'

/** Names of variables, as many as there are; `titles`: more about one of them. */
export function VariableNames({
  names,
  titles = {},
}: {
  names: readonly string[]
  titles?: Readonly<Record<string, string>>
}) {
  return (
    <ul className="m-0 flex list-none flex-wrap gap-x-2 gap-y-1 p-0">
      {names.map((name) => (
        <li key={name} className="min-w-0 break-all" title={titles[name]}>
          <Code>{name}</Code>
        </li>
      ))}
    </ul>
  )
}
