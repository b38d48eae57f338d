import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { describe, expect, it } from 'vitest'
import type { ProbeConfig } from '#lib/probes/config.ts'
import type { JudgedCondition, ProbeJudge } from '#lib/probes/judged.ts'
import { grammarOf, KINDS, type Kind } from '#lib/probes/kinds.ts'
import { caseOf, saidBy } from '#tests/rules/probes/judges/case.ts'
import { JUDGE_CASES } from '#tests/rules/probes/judges/table.ts'
import { type Mutant, mutantsOf, mutated, printed } from './mutants.ts'

const PROBES = new URL('../../lib/probes/', import.meta.url)

/** Where a judge's thinking stands beside its own file. */
const MORE_FILES: Partial<Record<Kind, readonly string[]>> = {
  delivery: ['cache-headers.ts', 'cache-status.ts'],
  http: ['judge-condition.ts', 'judge-exchange.ts'],
  forge: ['forge-approvals.ts', 'forge-checks.ts', 'forge-review-words.ts', 'forge-words.ts'],
  kubernetes: ['kubernetes-each.ts', 'kubernetes-image.ts', 'kubernetes-rollout.ts'],
  redirect: ['hsts.ts'],
  report: ['tests', 'coverage', 'findings', 'components', 'readings', 'severities'].map(
    (name) => `judges/report/${name}.ts`,
  ),
}

const MORE = new Set(Object.values(MORE_FILES).flat())

/** Changes that change nothing, each with its reason. */
const SAME: Readonly<Record<string, string>> = {
  'judges/cookies.ts isKnown → true': 'where none is known, what it says is not shown',
  "judges/redirect.ts 'value' in found → true": 'only a flag comes here, and it has a value',
  'judges/tls.ts number === undefined → false': 'for the types: no number is read out of nothing either',
  'judges/tls.ts keyBits === null → false': 'for the types: no number is read out of null either',
  "judges/tls.ts 'value' in found → true": 'only flags come here, and each has a value',
  'judges/promql.ts seen === null → false': 'for the types: no number is read out of null either',
  'judges/redis.ts hits === null || misses === null → false':
    'for the types: the next line finds no digits in null',
  'judges/redis.ts || → &&': 'the same line',
  'judges/redis.ts rate === null → false': 'for the types: without keys it came no further',
  'judges/redis.ts text === null → false': 'for the types: no number is read out of null either',
  'judges/alertmanager.ts age === null → false': 'for the types: no number is read out of null either',
  'judges/redis.ts 38 → 39': 'both are longer than any threshold',
  "judges/kubernetes.ts of !== 'deployment' && of !== 'statefulset' && of !== 'daemonset' → false":
    'for the types: the grammar asks it of no other subject',
  "judges/dns.ts 'text' in check → true": 'for the types: no text was written as nothing',
  'judge-exchange.ts order === null → false': 'for the types: times always compare with times',
  'judges/headers.ts || → &&': 'a page without a score has no grade either',
  'kubernetes-each.ts 38 → 39': 'both are longer than any threshold',
  "judges/report/components.ts on !== 'vulnerabilities' → false":
    'for the types: the grammar asks for nothing else of components',
  'judges/report/readings.ts < → <=': 'a threshold at an end is among the readings already',
  'judges/report/readings.ts 0 → 1': 'the same, and plain numbers always compare',
  'judges/tcp.ts > → >=': 'the grammar lets nobody ask for a script without steps',
  'judges/steps.ts ?? → &&': 'the request and the facts of TLS are asked by no condition',
}

const read = (file: string) => readFileSync(new URL(file, PROBES), 'utf8')

/** A module's code as an address; what it imports is where it was, or where `elsewhere` says. */
function addressOf(file: string, source: string, elsewhere: Readonly<Record<string, string>> = {}): string {
  const code = stripTypeScriptTypes(source).replace(/(from\s+')([^']+)(')/g, (whole, before, name, after) => {
    if (!name.startsWith('.'))
      return name.startsWith('#')
        ? `${before}${new URL(`../../${name.slice(1)}`, import.meta.url)}${after}`
        : whole
    const target = new URL(name, new URL(file, PROBES))
    return `${before}${elsewhere[target.href] ?? target.href}${after}`
  })
  // An apostrophe would end the text in which another module imports this address.
  return `data:text/javascript,${encodeURIComponent(code).replaceAll("'", '%27')}`
}

/** The address of `file` as it is when `changed` has another source: whatever stands between the two is loaded anew. */
function addressWith(file: string, changed: { file: string; source: string }): string {
  if (file === changed.file) return addressOf(file, changed.source)
  const source = read(file)
  const between = [...source.matchAll(/from\s+'(\.[^']+)'/g)]
    .map(([, name = '']) => new URL(name, new URL(file, PROBES)).href)
    .filter((href) => href.startsWith(PROBES.href))
    .map((href) => href.slice(PROBES.href.length))
    .filter((name) => name === changed.file || MORE.has(name))
  return addressOf(
    file,
    source,
    Object.fromEntries(between.map((name) => [new URL(name, PROBES).href, addressWith(name, changed)])),
  )
}

async function judgeWith(kind: Kind, file: string, source: string): Promise<ProbeJudge> {
  const own = `judges/${kind}.ts`
  const address = addressWith(own, { file, source })
  const module: Record<string, ProbeJudge> = await import(/* @vite-ignore */ address)
  const judge = module[`${kind}Judge`]
  if (judge === undefined) throw new Error(`${own} exports no ${kind}Judge`)
  return judge
}

type Examples = { refused: 'fail' | 'error'; looks: (ReturnType<typeof caseOf> & { wanted: string })[] }

function examplesOf(kind: Kind): Examples {
  const cases = JUDGE_CASES[kind]
  const looks = cases.rows.map((row) => ({ ...caseOf(cases, row), wanted: row.slice(2).join('\n') }))
  return { refused: cases.refused, looks }
}

/** The conditions of a probe as they are written; of a composite those of its parts too, and the parts. */
function writtenOf(config: ProbeConfig): string[] {
  const conditions: readonly { level: 'expect' | 'warn'; on: string }[] = config.conditions
  const own = conditions.map((one) => grammarOf(config.kind).printCondition(one))
  if (config.kind !== 'composite') return own
  return [
    ...own,
    ...config.parts.flatMap(({ name, probe }) => [`part "${name}"`, `veto "${name}"`, ...writtenOf(probe)]),
  ]
}

/** What is judged is named: by a condition as it is written, or, once each, as what goes without saying. */
function areNamed(config: ProbeConfig, judged: readonly JudgedCondition[]): boolean {
  const written = writtenOf(config)
  const [unsaid, said] = [true, false].map((is) =>
    judged.map(({ text }) => text).filter((text) => text.endsWith('(implied)') === is),
  )
  return (
    new Set(unsaid).size === unsaid?.length &&
    said?.every((text) => written.some((one) => text.endsWith(one))) === true
  )
}

/** Do the examples notice this judge? */
function isNoticed({ refused, looks }: Examples, judge: ProbeJudge): boolean {
  if (judge.asksTarget !== (refused === 'fail')) return true
  return looks.some(({ config, look, wanted }) => {
    try {
      const judged = judge.conditions(config, look)
      return saidBy(judge, { config, look }).join('\n') !== wanted || !areNamed(config, judged)
    } catch {
      return true
    }
  })
}

describe('a mutated judge breaks one of its examples', () => {
  it.each(KINDS)('%s', async (kind) => {
    const own = `judges/${kind}.ts`
    const examples = examplesOf(kind)
    const survivors: string[] = []
    let count = 0
    for (const file of [own, ...(MORE_FILES[kind] ?? [])]) {
      const source = read(file)
      // As it is, it is not noticed: it can be loaded.
      expect(isNoticed(examples, await judgeWith(kind, file, source))).toBe(false)
      for (const mutant of mutantsOf(file, source)) {
        count++
        if (!(await survives(kind, { file, source, mutant, examples }))) continue
        const name = printed(file, source, mutant)
        if (SAME[name.replace(/:\d+ /, ' ')] === undefined) survivors.push(name)
      }
    }
    process.stdout.write(`${kind}: ${count} mutants, ${survivors.length} survive\n`)
    expect(count).toBeGreaterThan(0)
    expect(survivors).toEqual([])
  })
})

async function survives(
  kind: Kind,
  { file, source, mutant, examples }: { file: string; source: string; mutant: Mutant; examples: Examples },
): Promise<boolean> {
  try {
    return !isNoticed(examples, await judgeWith(kind, file, mutated(source, mutant)))
  } catch {
    // Code that cannot even be loaded is no mutant.
    return false
  }
}
