import type { RunState } from '#lib/shared/codes.ts'
import type { TypedAuthor } from './typed-author.ts'

export type OpenEnvironment = {
  slug: string
  name: string
  live: { number: number; state: RunState } | null
  /** Names of the variables that have a value. */
  variables: string[]
}
/** A variable that probes of a checklist ask for, and of how many items. */
export type NeededVariable = { name: string; items: number }
export type OpenService = { slug: string; name: string; environments: OpenEnvironment[] }
export type TeamPerson = { memberId: string; name: string }
export type OpenFact = { key: string; question: string; items: { key: string; text: string }[] }
export type OpenTemplate = {
  slug: string
  name: string
  /** The latest version: the one that a run is opened of. */
  number: number
  items: number
  steps: number
  roles: string[]
  facts: OpenFact[]
  needs: NeededVariable[]
  /** Of each probe that is asked only where they are set: its variables. */
  optional: string[][]
}

/** What the form that opens a run offers; `why`: the reason when the viewer may not open one. */
export type OpenFormView = {
  services: OpenService[]
  templates: OpenTemplate[]
  /** Members of the team, who may have written the commit. */
  people: TeamPerson[]
  can: boolean
  why: string | null
  canCreateService: boolean
}

export type FactAnswer = 'yes' | 'no' | 'later'

/** What is typed into the form, as the draft keeps it. Moments are local, as `datetime-local` writes them. */
export type OpenDraft = TypedAuthor & {
  service: string
  environment: string
  template: string
  version: string
  commit: string
  artifactDigest: string
  changeTicket: string
  windowStart: string
  windowEnd: string
  facts: Record<string, FactAnswer>
}

/** The items that the answers make n/a: the form shows them, and exactly these are sent. */
export function ruledOut({
  facts,
  answers,
}: {
  facts: readonly OpenFact[]
  answers: OpenDraft['facts']
}): OpenFact['items'] {
  const found = facts.filter(({ key }) => answers[key] === 'no').flatMap(({ items }) => items)
  return found.filter(({ key }, place) => found.findIndex((other) => other.key === key) === place)
}

/** What the checklist's probes ask for and the environment does not have: those items stay inconclusive. */
export function missingVariables({
  template,
  environment,
}: {
  template: Pick<OpenTemplate, 'needs'> | undefined
  environment: Pick<OpenEnvironment, 'variables'> | undefined
}): NeededVariable[] {
  if (template === undefined || environment === undefined) return []
  return template.needs.filter(({ name }) => !environment.variables.includes(name))
}

/** The probes that a run would go without, and which variables that is for. */
export function leftOut({
  template,
  environment,
}: {
  template: Pick<OpenTemplate, 'optional'> | undefined
  environment: Pick<OpenEnvironment, 'variables'> | undefined
}): { probes: number; names: string[] } {
  if (template === undefined || environment === undefined) return { probes: 0, names: [] }
  const missing = template.optional
    .map((names) => names.filter((name) => !environment.variables.includes(name)))
    .filter((names) => names.length > 0)
  return { probes: missing.length, names: [...new Set(missing.flat())] }
}

/** Each variable once, with the number of items whose probes ask for it. */
export function neededVariables(asked: readonly (readonly string[])[]): NeededVariable[] {
  const items = new Map<string, number>()
  for (const names of asked) for (const name of new Set(names)) items.set(name, (items.get(name) ?? 0) + 1)
  return [...items].map(([name, count]) => ({ name, items: count }))
}

const ANSWERS: Record<FactAnswer, boolean | null> = { yes: true, no: false, later: null }

/** The answers as the command takes them, for the questions of the chosen template alone. */
export function factAnswers({
  facts,
  answers,
}: {
  facts: readonly OpenFact[]
  answers: OpenDraft['facts']
}): Record<string, boolean | null> {
  return Object.fromEntries(facts.map(({ key }) => [key, ANSWERS[answers[key] ?? 'later']]))
}
