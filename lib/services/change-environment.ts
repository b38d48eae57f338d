import type { AuditEntries, AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { allowListDiff, parseAllowList } from './allow-list.ts'
import { memberIdOf } from './member-id.ts'
import { type NewSecret, SECRETS_MAX, secretProblem } from './secrets.ts'
import {
  nameProblem,
  type Parsed,
  parseVariables,
  printVariables,
  type Variables,
  variablesDiff,
} from './variables.ts'

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
  /** Slugs, as the page's address has them. */
  place: { team: string; service: string; environment: string }
  service: { slug: string }
  environment: EnvironmentFacts
  /** Names of the secrets that it has. */
  secrets: readonly string[]
  /** Who saved last, read only when the versions differ. */
  lastChange: { name: string; at: string } | null
}
export type EnvironmentChange = {
  id: string
  variables: Variables
  allowList: string[]
  version: number
  /** Values that are sealed from now on. */
  secrets: NewSecret[]
}

/** The answer holds no value: it is kept for a while under the request's key, and a value may be sealed by the next one. */
export type EnvironmentSaved = { version: number }

/** What a saved text reads like from then on; null while it cannot be read. */
export function savedText(text: { variables: string; allowList: string }): typeof text | null {
  const variables = parseVariables(text.variables)
  const allowList = parseAllowList(text.allowList)
  if (!variables.ok || !allowList.ok) return null
  return { variables: printVariables(variables.value), allowList: allowList.value.join('\n') }
}

type Input = { variables: string; allowList: string; version: number; secrets: Record<string, string> }

/** Whether what is to be secret can be, and stands among the plain variables no more. */
function problemOf(
  input: Input,
  { variables, had }: { variables: Variables; had: readonly string[] },
): string | null {
  const names = Object.keys(input.secrets)
  const both = Object.keys(variables).find((name) => had.includes(name))
  if (both !== undefined)
    return `${both} is a secret of this environment. Replace it below, or remove it there first.`
  for (const name of names) {
    if (had.includes(name)) return `${name} is a secret already. Replace it below.`
    if (Object.hasOwn(variables, name)) return `${name} stands there twice.`
    const why = nameProblem(name) ?? secretProblem((input.secrets[name] ?? '').trim())
    if (why !== null) return `${name}: ${why}`
  }
  return had.length + names.length > SECRETS_MAX ? `An environment has at most ${SECRETS_MAX} secrets.` : null
}

function readVariables(input: Input, had: readonly string[]): Parsed<Variables> {
  const read = parseVariables(input.variables)
  if (!read.ok) return read
  const problem = problemOf(input, { variables: read.value, had })
  return problem === null ? read : { ok: false, problem }
}

/**
 * Saves both editors at once, and seals the values that are to be secret from now on. A save on top of somebody else's is refused
 * with what they made of it; nothing is merged unseen.
 */
export function decideChangeEnvironment(
  { teamId, service, environment, secrets, lastChange }: ChangeEnvironmentFacts,
  input: Input,
  { actor, now }: Pick<DecideContext, 'actor' | 'now'>,
): Decision<EnvironmentChange, EnvironmentSaved> {
  const variables = readVariables(input, secrets)
  const allowList = parseAllowList(input.allowList)
  if (!variables.ok || !allowList.ok) {
    return refused('invalid', 'Nothing was saved: a line cannot be taken.', {
      fields: {
        ...(variables.ok ? {} : { variables: variables.problem }),
        ...(allowList.ok ? {} : { allowList: allowList.problem }),
      },
    })
  }
  const changed = variablesDiff({ from: environment.variables, to: variables.value })
  const allowed = allowListDiff({ from: environment.allowList, to: allowList.value })
  const sealed = Object.keys(input.secrets).sort()
  const isChanged = [...Object.values(changed), ...Object.values(allowed)].some((names) => names.length > 0)
  if (!isChanged && sealed.length === 0) return { kind: 'unchanged', value: { version: environment.version } }
  if (input.version !== environment.version) return lostRace(environment, lastChange)
  const version = environment.version + 1
  const place = { environmentId: environment.id, service: service.slug, slug: environment.slug }
  const changedEntry: AuditEntry = {
    action: 'service.environment_changed',
    data: { ...place, variables: changed, allowList: allowed },
  }
  const sealedEntries = sealed.map((name): AuditEntry => {
    const wasPlain = Object.hasOwn(environment.variables, name)
    return { action: 'service.secret_set', data: { ...place, name, replaced: false, wasPlain } }
  })
  const [first, ...rest] = [...(isChanged ? [changedEntry] : []), ...sealedEntries]
  const entries: AuditEntries = first ? [first, ...rest] : [changedEntry]
  return {
    kind: 'changed',
    change: {
      id: environment.id,
      variables: variables.value,
      allowList: allowList.value,
      version,
      secrets: sealed.map((name) => ({
        environmentId: environment.id,
        teamId,
        name,
        value: (input.secrets[name] ?? '').trim(),
        version: 1,
        setBy: memberIdOf(actor),
        setAt: now,
      })),
    },
    value: { version },
    entries,
  }
}

function lostRace(environment: EnvironmentFacts, lastChange: ChangeEnvironmentFacts['lastChange']) {
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
