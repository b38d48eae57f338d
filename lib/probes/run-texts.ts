import { isRunVariable, type RunVariable } from '#lib/shared/run-variables.ts'
import { literalPattern } from './pattern-syntax.ts'
import { expandVariables, variablesIn } from './texts.ts'

/** What a run says of itself, as far as a probe's conditions ask. */
export type RunTexts = Partial<Record<RunVariable, string>>

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}

/** The variables of the run that the texts of conditions name. */
export function runNamesOf({ conditions }: { conditions: readonly unknown[] }): RunVariable[] {
  return [...new Set(conditions.flatMap(textsOf).flatMap(variablesIn))].filter(isRunVariable)
}

/**
 * The configuration with what the run says in place of its variables, in the texts of conditions alone: what is sent is filled in
 * where it is sent. Only the run's: a variable of the environment may be a secret, and a verdict shows what was wanted.
 */
export function withRunTexts<Config extends { conditions: readonly unknown[] }>(
  config: Config,
  run: RunTexts | undefined,
): Config {
  if (run === undefined) return config
  return { ...config, conditions: config.conditions.map((one) => filled(one, run)) }
}

function filled(value: unknown, run: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return expandVariables(value, run).text
  if (Array.isArray(value)) return value.map((one) => filled(one, run))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, filled(one, name === 'pattern' ? literal(run) : run)]),
  )
}

/** In an expression a run's text stands for itself: the dots of a version match dots alone. */
function literal(run: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(run).map(([name, text]) => [name, literalPattern(text)]))
}
