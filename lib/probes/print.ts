import type { ProbeConfig } from './config.ts'
import { grammarOf } from './kinds.ts'
import { printBaseOptions } from './options.ts'
import { printConditions } from './print-condition.ts'

/**
 * The canonical text of a probe: parsing it gives the same configuration. Usual values are left out, and ">" inside
 * texts is escaped, so that the result can stand in an HTML comment.
 */
export function printProbe(config: ProbeConfig): string {
  const grammar = grammarOf(config.kind)
  const own = grammar.printClauses?.(config) ?? [
    ...printConditions(config.conditions, grammar),
    ...grammar.printOptions(config),
  ]
  const clauses = [...own, ...printBaseOptions(config)]
  return `${config.kind} ${grammar.printHead(config)} ${clauses.join(', ')}`
}
