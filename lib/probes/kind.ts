import type { z } from 'zod'
import type { BaseProbe } from './base-probe.ts'
import type { Level } from './checks.ts'
import type { Scanner } from './scanner.ts'

/**
 * The grammar of one kind of probe: `KIND head { clause }`. Clauses that every kind has (expect, warn, timeout, shelf, allow,
 * window) are read and printed by annotation.ts and print.ts. Methods, so that one table can hold the grammars of all kinds.
 */
export interface ProbeGrammar<Config extends BaseProbe = BaseProbe> {
  /** The last word on what may be stored. */
  readonly schema: z.ZodType<Config>
  /** What a condition may start with. */
  readonly subjects: readonly string[]
  /** The first words of clauses that only this kind has; those in `repeatable` may stand more than once. */
  readonly options: readonly string[]
  readonly repeatable: readonly string[]
  /** A condition that could be added to a probe which expects nothing. */
  readonly example: string
  /** The same where it depends on what the head says. */
  exampleFor?(draft: Config): string
  /** Reads what stands between the kind and its clauses. */
  head(scanner: Scanner): Config
  /** The most conditions, where it is not the usual number. */
  readonly mostConditions?: number
  /** Reads one condition, without its level; `draft` is what has been read so far. */
  condition(scanner: Scanner, level: Level, draft: Config): Config['conditions'][number]
  /** Reads one clause, its first word being read already. */
  option(scanner: Scanner, word: string, draft: Config): void
  printHead(config: Config): string
  printCondition(condition: Config['conditions'][number]): string
  /** The clauses that only this kind has, where they differ from what is usual. */
  printOptions(config: Config): string[]
  /** How long its evidence counts where the probe does not say, in seconds; without it the usual 15 minutes. */
  usualShelf?(config: Config): number
  /** Conditions and own clauses in the order that this kind needs, where it is not conditions first. */
  printClauses?(config: Config): string[]
  /** The clauses of all kinds stand before its own, which last to the end of the text. */
  readonly isCommonFirst?: true
  /** Every text that is sent with the environment's variables filled in; its `${NAMES}` are what the probe needs. */
  sent(config: Config): string[]
}
