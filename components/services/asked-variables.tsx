import { VariableNames } from '#components/probes/variable-names.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { counted } from '#lib/shared/words.ts'

/** As many names as stand open; more are folded. */
const FEW = 6

/** What checklists ask of an environment, and what it lacks: their probes are left out or inconclusive without it. */
export function AskedVariables({
  asked,
  variables,
  secrets,
}: {
  asked: readonly { name: string; templates: string[] }[]
  /** NAME=value, one a line. */
  variables: string
  secrets: readonly { name: string }[]
}) {
  if (asked.length === 0) return null
  const set = new Set([
    ...variables.split('\n').flatMap((line) => /^\s*([A-Z][A-Z0-9_]*)=\s*\S/.exec(line)?.[1] ?? []),
    ...secrets.map(({ name }) => name),
  ])
  const lacking = asked.filter(({ name }) => !set.has(name))
  const all = counted({ count: asked.length, one: 'variable' })
  if (lacking.length === 0)
    return (
      <p className="mt-0 mb-4 text-sm text-soft">
        Every variable that checklists of this team ask for is set.
      </p>
    )
  const names = (
    <VariableNames
      names={lacking.map(({ name }) => name)}
      titles={Object.fromEntries(lacking.map(({ name, templates }) => [name, templates.join(', ')]))}
    />
  )
  const words = `${lacking.length} of the ${all} that checklists of this team ask for ${lacking.length === 1 ? 'is' : 'are'} not set`
  return (
    <div className="mb-4 max-w-prose text-sm text-soft">
      {lacking.length > FEW ? (
        <Disclosure summary={words}>
          {names}
          <p className="m-0 mt-1.5">
            Probes that use them are inconclusive, or left out where the checklist says so.
          </p>
        </Disclosure>
      ) : (
        <div className="grid gap-1.5">
          <p className="m-0">
            {words}. Probes that use them are inconclusive, or left out where the checklist says so.
          </p>
          {names}
        </div>
      )}
    </div>
  )
}
