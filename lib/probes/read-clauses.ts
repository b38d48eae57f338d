import type { BaseProbe } from './base-probe.ts'
import type { Level } from './checks.ts'
import { choice } from './condition-grammar.ts'
import type { ProbeGrammar } from './kind.ts'
import { PROBE_LIMITS } from './limits.ts'
import { type BaseOption, baseOption } from './options.ts'
import type { Scanner } from './scanner.ts'

type Reading = { grammar: ProbeGrammar; draft: BaseProbe }
type Clauses = Reading & {
  /** The clauses of all kinds that may stand here. */
  common: readonly BaseOption[]
  /** Of a part of something else: the word that begins the next one, and the clauses that only the whole has. */
  within?: { next: string; ofWhole: readonly string[] }
}

/** Reads conditions and clauses into `draft`, to the end of the text or of the part. */
export function readClauses(scanner: Scanner, { grammar, draft, common, within }: Clauses): void {
  const { subjects, options, repeatable, mostConditions: most = PROBE_LIMITS.conditions } = grammar
  const known = ['expect', 'warn', ...options, ...common]
  let level: Level | null = null
  const seen = new Set<string>()
  while (!scanner.atEnd()) {
    const before = scanner.offset
    const comma = scanner.take(',')
    const next = scanner.peekWord()
    if (within !== undefined && next === within.next) {
      scanner.offset = before
      return
    }
    if (within?.ofWhole.includes(next) && !known.includes(next))
      scanner.fail({
        message: `"${next}" is said of the whole, before its first ${within.next}`,
        expected: known,
        fix: `move it before the first ${within.next}`,
      })
    const mayBeCondition: boolean = level !== null && comma
    if (!mayBeCondition && !known.includes(next)) joinedOtherwise(scanner, { next, subjects, level })
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
      const base = common.find((option) => option === word)
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

const AND = ['and', '&&', ';', '&']
const OR = ['or', '||', '|']

/** Says what is missing where conditions are joined as in other languages, or by nothing at all. */
function joinedOtherwise(
  scanner: Scanner,
  { next, subjects, level }: { next: string; subjects: readonly string[]; level: Level | null },
): void {
  if (AND.includes(next))
    scanner.fail({
      message: `"${next}" is not known here: conditions are joined with commas`,
      expected: [','],
      fix: `write a comma in place of ${next}`,
    })
  if (OR.includes(next))
    scanner.fail({
      message: `"${next}" is not known here: all conditions of a probe must hold`,
      expected: ['status in (200, 204)', 'composite need any'],
      fix: 'write the values as a list, or a composite probe',
    })
  if (!subjects.includes(next)) return
  const [what, fix] =
    level === null ? (['"expect" is missing', 'expect'] as const) : (['a comma is missing', ','] as const)
  scanner.fail({ message: `${what} before "${next}"`, expected: [fix], fix: `write ${fix} ${next}` })
}

/** The schema has the last word, so that nothing parses that could not have been stored. */
export function checkedDraft(scanner: Scanner, { grammar, draft }: Reading): BaseProbe {
  if (!draft.conditions.some(({ level }) => level === 'expect'))
    scanner.fail({
      message: 'the probe says nothing to expect, so it would prove nothing',
      expected: ['expect'],
      fix: `add: expect ${grammar.exampleFor?.(draft) ?? grammar.example}`,
    })
  const result = grammar.schema.safeParse(draft)
  if (result.success) return result.data
  return scanner.fail({ message: result.error.issues[0]?.message ?? 'this probe is not valid', expected: [] })
}
