/** What checklists ask of an environment, and what it lacks: their probes can only be inconclusive without it. */
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
  return (
    <p className="mt-0 mb-4 max-w-prose text-sm text-soft">
      Checklists of this team ask for{' '}
      {asked.map(({ name, templates }, index) => (
        <span key={name}>
          {index === 0 ? '' : ', '}
          <span className="font-mono text-xs" title={templates.join(', ')}>
            {name}
          </span>
          {set.has(name) ? '' : ' (not set)'}
        </span>
      ))}
      .
      {asked.every(({ name }) => set.has(name))
        ? ''
        : ' A probe stays inconclusive while its variable is not set.'}
    </p>
  )
}
