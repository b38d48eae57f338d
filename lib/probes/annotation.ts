import type { BaseProbe } from './base-probe.ts'
import type { Level } from './checks.ts'
import { choice } from './condition-grammar.ts'
import type { ProbeConfig } from './config.ts'
import type { ProbeGrammar } from './kind.ts'
import { grammarOf, KINDS } from './kinds.ts'
import { PROBE_LIMITS } from './limits.ts'
import { baseOption, baseOptionsOf, withoutUsual } from './options.ts'
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
  clauses(scanner, { grammar, draft })
  withoutUsual(draft)
  return checked(scanner, { grammar, draft })
}

type Reading = { grammar: ProbeGrammar; draft: BaseProbe }

function clauses(scanner: Scanner, { grammar, draft }: Reading): void {
  const { subjects, options, repeatable, mostConditions: most = PROBE_LIMITS.conditions } = grammar
  const known = ['expect', 'warn', ...options, ...baseOptionsOf(draft)]
  let level: Level | null = null
  const seen = new Set<string>()
  while (!scanner.atEnd()) {
    const comma = scanner.take(',')
    const mayBeCondition: boolean = level !== null && comma
    const word: string = choice(scanner, mayBeCondition ? [...known, ...subjects] : known, 'a clause')
    const start = scanner.offset - word.length
    if (word === 'expect' || word === 'warn') level = word
    else if (subjects.includes(word)) scanner.offset = start
    else {
      if (seen.has(word) && !repeatable.includes(word))
        scanner.fail({
          offset: start,
          message: `"${word}" is said twice`,
          expected: [],
          fix: `keep one ${word}`,
        })
      seen.add(word)
      const base = baseOptionsOf(draft).find((option) => option === word)
      if (base === undefined) grammar.option(scanner, word, draft)
      else baseOption(scanner, base, draft)
      continue
    }
    if (draft.conditions.length >= most)
      scanner.fail({
        offset: start,
        message: `a probe has at most ${most} conditions`,
        expected: [],
      })
    draft.conditions.push(grammar.condition(scanner, level ?? 'expect', draft))
  }
}

/** The schema has the last word, so that nothing parses that could not have been stored. */
function checked(scanner: Scanner, { grammar, draft }: Reading): ProbeConfig {
  if (!draft.conditions.some(({ level }) => level === 'expect'))
    scanner.fail({
      message: 'the probe says nothing to expect, so it would prove nothing',
      expected: ['expect'],
      fix: `add: expect ${grammar.exampleFor?.(draft) ?? grammar.example}`,
    })
  const result = grammar.schema.safeParse(draft)
  // The grammar of a kind makes configurations of that kind.
  if (result.success) return result.data as ProbeConfig
  return scanner.fail({ message: result.error.issues[0]?.message ?? 'this probe is not valid', expected: [] })
}
