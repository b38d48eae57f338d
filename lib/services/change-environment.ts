import type { Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { allowListDiff, parseAllowList } from './allow-list.ts'
import { parseVariables, printVariables, type Variables, variablesDiff } from './variables.ts'

export type EnvironmentFacts = {
  id: string
  slug: string
  variables: Variables
  allowList: readonly string[]
  /** Unit of conflict. */
  version: number
}
export type ChangeEnvironmentFacts = Facts & {
  teamId: string
  service: { slug: string }
  environment: EnvironmentFacts
  /** Who saved last, read only when the versions differ. */
  lastChange: { name: string; at: string } | null
}
export type EnvironmentChange = { id: string; variables: Variables; allowList: string[]; version: number }

/** What the screen shows of an environment's settings, as text. */
export type EnvironmentText = { variables: string; allowList: string; version: number }

/** Saves both editors at once. A save on top of somebody else's is refused with what they made of it; nothing is merged unseen. */
export function decideChangeEnvironment(
  { service, environment, lastChange }: ChangeEnvironmentFacts,
  input: { variables: string; allowList: string; version: number },
  _context: unknown,
): Decision<EnvironmentChange, EnvironmentText> {
  const variables = parseVariables(input.variables)
  const allowList = parseAllowList(input.allowList)
  if (!variables.ok || !allowList.ok) {
    return refused('invalid', 'Nothing was saved: a line cannot be read.', {
      fields: {
        ...(variables.ok ? {} : { variables: variables.problem }),
        ...(allowList.ok ? {} : { allowList: allowList.problem }),
      },
    })
  }
  const text = { variables: printVariables(variables.value), allowList: allowList.value.join('\n') }
  const changed = variablesDiff({ from: environment.variables, to: variables.value })
  const allowed = allowListDiff({ from: environment.allowList, to: allowList.value })
  if ([...Object.values(changed), ...Object.values(allowed)].every((names) => names.length === 0)) {
    return { kind: 'unchanged', value: { ...text, version: environment.version } }
  }
  if (input.version !== environment.version) {
    const who = lastChange ? `${lastChange.name} saved` : 'Somebody else saved'
    return refused(
      'lost_race',
      `${who} these settings after you opened them. Nothing of yours was saved; it is still in the fields below.`,
      {
        detail: {
          by: lastChange?.name ?? null,
          at: lastChange?.at ?? null,
          variables: printVariables(environment.variables),
          allowList: environment.allowList.join('\n'),
          version: environment.version,
        },
      },
    )
  }
  const version = environment.version + 1
  return {
    kind: 'changed',
    change: { id: environment.id, variables: variables.value, allowList: allowList.value, version },
    value: { ...text, version },
    entries: [
      {
        action: 'service.environment_changed',
        data: {
          environmentId: environment.id,
          service: service.slug,
          slug: environment.slug,
          variables: changed,
          allowList: allowed,
        },
      },
    ],
  }
}
