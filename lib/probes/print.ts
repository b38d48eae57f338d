import type { ProbeConfig } from './config.ts'
import { grammarOf } from './kinds.ts'
import { printWith } from './print-with.ts'

/**
 * The canonical text of a probe: parsing it gives the same configuration. Usual values are left out, and ">" inside
 * texts is escaped, so that the result can stand in an HTML comment.
 */
export function printProbe(config: ProbeConfig): string {
  return printWith(grammarOf(config.kind), config)
}
