import type { ProbeConfig } from './config.ts'
import { grammarOf } from './kinds.ts'
import { printBaseOptions } from './options.ts'

/**
 * The canonical text of a probe: parsing it gives the same configuration. Usual values are left out, and ">" inside
 * texts is escaped, so that the result can stand in an HTML comment.
 */
export function printProbe(config: ProbeConfig): string {
  const grammar = grammarOf(config.kind)
  const conditions = config.conditions.map((condition, index) => {
    const sameLevel = config.conditions[index - 1]?.level === condition.level
    return `${sameLevel ? '' : `${condition.level} `}${grammar.printCondition(condition)}`
  })
  const clauses = [...conditions, ...grammar.printOptions(config), ...printBaseOptions(config)]
  return `${config.kind} ${grammar.printHead(config)} ${clauses.join(', ')}`
}
