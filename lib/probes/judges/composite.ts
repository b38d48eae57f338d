import type { Outcome } from '#lib/shared/codes.ts'
import type { JudgedCondition, ProbeJudge } from '../judged.ts'
import type { Judgement } from '../judgement.ts'
import { type CompositeProbe, leastOf, type Part, printNeed, worthOf } from '../kinds/composite.ts'
import { all, type Truth } from '../kleene.ts'
import type { CompositeObservation } from '../observations/composite.ts'
import { inQuotes } from '../print-text.ts'
import { judgeSingle } from '../single-judges.ts'

type Judged = { part: Part; judgement: Pick<Judgement, 'outcome' | 'conditions' | 'line'> }

export const compositeJudge: ProbeJudge<CompositeProbe, CompositeObservation> = {
  // No part's failure is one of the whole: each is judged by the judge of its kind.
  asksTarget: true,
  conditions(config, observation) {
    const parts = judgedParts(config, observation)
    return [
      {
        text: config.conditions.map(printNeed).join(),
        level: 'expect',
        observed: counted(config, parts),
        wanted: wantedOf(config),
        result: enough(config, parts, loosely),
      },
      ...parts.filter(({ part }) => part.veto).map(vetoOf),
      ...parts.flatMap(rowsOf),
    ]
  },
  whole(config, observation) {
    const parts = judgedParts(config, observation)
    const outcome = outcomeOf(config, parts)
    const others = parts
      .filter(({ judgement }) => judgement.outcome !== 'pass')
      .toSorted(firstWhere(({ part }) => part.veto))
      .toSorted(firstWhere(({ judgement }) => judgement.outcome === outcome))
    const [first] = others
    const wanted = outcome === 'pass' || outcome === 'warn' ? '' : ` · wanted ${wantedOf(config)}`
    const why = first === undefined ? '' : ` · ${sentenceOf(first)}`
    const more = others.length > 1 ? ` · ${others.length - 1} more` : ''
    return { outcome, line: `${counted(config, parts)}${wanted}${why}${more}` }
  },
}

function judgedParts({ parts }: CompositeProbe, observation: CompositeObservation): Judged[] {
  return parts.map((part) => {
    const seen = observation.parts.find(({ name }) => name === part.name)
    if (seen !== undefined) return { part, judgement: judgeSingle(part.probe, seen.look) }
    return { part, judgement: { outcome: 'inconclusive', conditions: [], line: 'not looked at' } }
  })
}

/** A warning holds for a pass here; whether the whole passes with it is said by its `allow warn`. */
function loosely({ judgement: { outcome } }: Judged): Truth {
  if (outcome === 'fail') return 'false'
  return outcome === 'pass' || outcome === 'warn' ? 'true' : 'unknown'
}

function strictly(judged: Judged): Truth {
  return judged.judgement.outcome === 'warn' ? 'unknown' : loosely(judged)
}

type Reading = (judged: Judged) => Truth

function worthWhere(parts: readonly Judged[], is: (judged: Judged) => boolean): number {
  return worthOf(parts.filter(is).map(({ part }) => part))
}

/** True when enough parts pass whatever the undecided ones are, false when it can not become enough any more. */
function enough(config: CompositeProbe, parts: readonly Judged[], truthOf: Reading): Truth {
  const least = leastOf(config)
  if (worthWhere(parts, (one) => truthOf(one) === 'true') >= least) return 'true'
  return worthWhere(parts, (one) => truthOf(one) !== 'false') < least ? 'false' : 'unknown'
}

function decided(config: CompositeProbe, parts: readonly Judged[], truthOf: Reading): Truth {
  const vetoes = parts.filter(({ part }) => part.veto).map(truthOf)
  return all([enough(config, parts, truthOf), ...vetoes])
}

/** What keeps from deciding, the one to be mended first before the others. */
const HINDRANCES = ['skipped', 'blocked', 'error'] as const satisfies readonly Outcome[]

function outcomeOf(config: CompositeProbe, parts: readonly Judged[]): Outcome {
  const truth = decided(config, parts, loosely)
  if (truth === 'false') return 'fail'
  if (truth === 'true') return decided(config, parts, strictly) === 'true' ? 'pass' : 'warn'
  const outcomes = parts.map(({ judgement }) => judgement.outcome)
  return HINDRANCES.find((outcome) => outcomes.includes(outcome)) ?? 'inconclusive'
}

function counted({ conditions: [need] }: CompositeProbe, parts: readonly Judged[]): string {
  const passing = worthWhere(parts, (one) => loosely(one) === 'true')
  const open = parts.filter((one) => loosely(one) === 'unknown').length
  const whole = worthOf(parts.map(({ part }) => part))
  const said =
    need?.on === 'weight' ? `weight ${passing} of ${whole} passes` : `${passing} of ${whole} parts pass`
  return open === 0 ? said : `${said}, ${open} undecided`
}

function wantedOf(config: CompositeProbe): string {
  const [need] = config.conditions
  const vetoes = config.parts.filter(({ veto }) => veto).map(({ name }) => inQuotes(name))
  const least = leastOf(config)
  const much = need?.on === 'weight' ? `weight ${least}` : need?.on === 'all' ? 'all' : `${least} or more`
  return vetoes.length === 0 || need?.on === 'all' ? much : `${much} and no veto of ${vetoes.join(', ')}`
}

function vetoOf(judged: Judged): JudgedCondition {
  const { part, judgement } = judged
  return {
    text: `veto ${inQuotes(part.name)}`,
    level: 'expect',
    observed: judgement.outcome,
    wanted: 'no fail',
    result: loosely(judged),
  }
}

/** A part as one row, and what was asked of it behind it. */
function rowsOf(judged: Judged): JudgedCondition[] {
  const { part, judgement } = judged
  const name = inQuotes(part.name)
  return [
    {
      text: `part ${name}`,
      level: 'expect',
      observed: judgement.outcome === 'warn' ? judgement.line : `${judgement.outcome}: ${judgement.line}`,
      wanted: 'pass',
      result: loosely(judged),
    },
    ...judgement.conditions.map((condition) => ({ ...condition, text: `${name} ${condition.text}` })),
  ]
}

function firstWhere(is: (judged: Judged) => boolean): (one: Judged, other: Judged) => number {
  return (one, other) => Number(is(other)) - Number(is(one))
}

function sentenceOf({ part, judgement }: Judged): string {
  const vetoes = part.veto && judgement.outcome === 'fail' ? ' vetoes' : ''
  return `“${part.name}”${vetoes}: ${judgement.line}`
}
