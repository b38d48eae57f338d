import { choice } from './condition-grammar.ts'
import type { ProbeConfig } from './config.ts'
import { grammarOf, KINDS } from './kinds.ts'
import { baseOptionsOf, withoutUsual } from './options.ts'
import { checkedDraft, readClauses } from './read-clauses.ts'
import { GrammarError, type ProbeProblem, Scanner } from './scanner.ts'

export type { ProbeProblem } from './scanner.ts'
export type ParsedProbe = { ok: true; config: ProbeConfig } | { ok: false; problem: ProbeProblem }

const LONGEST_PROBE = 8_192

/**
 * Reads the text of one probe, that is what stands behind `probe:` in the comment, such as
 * `http ${BASE_URL}/health/ expect status == 200, time < 500ms, shelf 15m`. The grammar is in docs/probes.md. Takes
 * time linear in the text; never throws for any text.
 */
export function parseProbe(source: string): ParsedProbe {
  try {
    return { ok: true, config: probe(new Scanner(source)) }
  } catch (error) {
    if (error instanceof GrammarError) return { ok: false, problem: error.problem }
    throw error
  }
}

function probe(scanner: Scanner): ProbeConfig {
  if (scanner.text.length > LONGEST_PROBE)
    scanner.fail({
      offset: LONGEST_PROBE,
      message: `a probe has at most ${LONGEST_PROBE} characters`,
      expected: [],
    })
  const grammar = grammarOf(choice(scanner, KINDS, 'the kind of probe'))
  const draft = grammar.head(scanner)
  readClauses(scanner, { grammar, draft, common: baseOptionsOf(draft) })
  withoutUsual(draft)
  // The grammar of a kind makes configurations of that kind.
  return checkedDraft(scanner, { grammar, draft }) as ProbeConfig
}
