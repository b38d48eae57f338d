import type { BaseProbe } from './base-probe.ts'
import type { ProbeGrammar } from './kind.ts'
import { printBaseOptions } from './options.ts'
import { printConditions } from './print-condition.ts'

/** The canonical text of a probe by the grammar of its kind. */
export function printWith<Config extends BaseProbe>(grammar: ProbeGrammar, config: Config): string {
  const own = grammar.printClauses?.(config) ?? [
    ...printConditions(config.conditions, grammar),
    ...grammar.printOptions(config),
  ]
  const common = printBaseOptions(config)
  const clauses = grammar.isCommonFirst ? [...common, ...own] : [...own, ...common]
  return `${config.kind} ${grammar.printHead(config)} ${clauses.join(', ')}`
}
