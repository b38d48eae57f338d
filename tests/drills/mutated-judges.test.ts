import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { describe, expect, it } from 'vitest'
import type { ProbeJudge } from '#lib/probes/judged.ts'
import { PULLED_KINDS, type PulledKind } from '#lib/probes/kinds.ts'
import { caseOf, said } from '#tests/rules/probes/judges/case.ts'
import { JUDGE_CASES } from '#tests/rules/probes/judges/table.ts'
import { type Mutant, mutantsOf, mutated, printed } from './mutants.ts'

const PROBES = new URL('../../lib/probes/', import.meta.url)

/** Where a judge's thinking stands beside its own file. */
const MORE_FILES: Partial<Record<PulledKind, readonly string[]>> = {
  http: ['judge-condition.ts'],
  kubernetes: ['kubernetes-each.ts', 'kubernetes-rollout.ts'],
}

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
  return `data:text/javascript,${encodeURIComponent(code)}`
}

async function judgeWith(kind: PulledKind, file: string, source: string): Promise<ProbeJudge> {
  const own = `judges/${kind}.ts`
  const changed = addressOf(file, source)
  const address =
    file === own ? changed : addressOf(own, read(own), { [new URL(file, PROBES).href]: changed })
  const module: Record<string, ProbeJudge> = await import(/* @vite-ignore */ address)
  const judge = module[`${kind}Judge`]
  if (judge === undefined) throw new Error(`${own} exports no ${kind}Judge`)
  return judge
}

type Examples = { refused: 'fail' | 'error'; looks: (ReturnType<typeof caseOf> & { wanted: string })[] }

function examplesOf(kind: PulledKind): Examples {
  const cases = JUDGE_CASES[kind]
  if (cases === undefined)
    throw new Error(`the judge of ${kind} has no examples in tests/rules/probes/judges/table.ts`)
  const looks = cases.rows.map((row) => ({ ...caseOf(cases, row), wanted: row.slice(2).join('\n') }))
  return { refused: cases.refused, looks }
}

/** Do the examples notice this judge? */
function isNoticed({ refused, looks }: Examples, judge: ProbeJudge): boolean {
  if (judge.asksTarget !== (refused === 'fail')) return true
  return looks.some(({ config, look, wanted }) => {
    try {
      return judge.conditions(config, look).map(said).join('\n') !== wanted
    } catch {
      return true
    }
  })
}

describe('a mutated judge breaks one of its examples', () => {
  it.each(PULLED_KINDS)('%s', async (kind) => {
    const own = `judges/${kind}.ts`
    const examples = examplesOf(kind)
    expect(isNoticed(examples, await judgeWith(kind, own, read(own)))).toBe(false)
    const survivors: string[] = []
    let count = 0
    for (const file of [own, ...(MORE_FILES[kind] ?? [])]) {
      const source = read(file)
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
  kind: PulledKind,
  { file, source, mutant, examples }: { file: string; source: string; mutant: Mutant; examples: Examples },
): Promise<boolean> {
  try {
    return !isNoticed(examples, await judgeWith(kind, file, mutated(source, mutant)))
  } catch {
    // Code that cannot even be loaded is no mutant.
    return false
  }
}
