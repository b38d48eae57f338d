import { isMember } from '#lib/access/actor.ts'
import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { StepFacts } from './decide-step.ts'
import type { Evidence, TextRef } from './evidence.ts'
import { decideGate } from './gate.ts'
import { advance, named, type RunItemsChange, type Standing, staledBy } from './item-change.ts'
import { itemRule } from './item-rules.ts'
import type { RuleItem } from './run-facts.ts'
import { runObstacle } from './run-rules.ts'

export type AnswerFacts = StepFacts & {
  fact: { key: string; question: string; itemKeys: string[] }
  answers: Readonly<Record<string, boolean | null>>
}

/** `keys`: the items that the page showed as becoming n/a by "no", or as open again by any other answer. */
export type AnswerInput = { fact: string; answer: boolean | null; keys: string[] }
export type AnswerChange = RunItemsChange & { answers: Record<string, boolean | null> }

function standingOver({ facts, item }: { facts: StepFacts; item: RuleItem }): Standing[] {
  return facts.slots.flatMap(({ role, scope, standing }) =>
    standing && standing.staleReason === null && standing.decision !== 'recuse' && scope.includes(item.key)
      ? [{ role, memberId: standing.memberId }]
      : [],
  )
}

const ANSWERED: Record<string, string> = { true: 'Yes.', false: 'No.', null: 'Open again.' }

function markEntry({
  item,
  act,
  fact,
  reason,
}: {
  item: RuleItem
  act: 'notApplicable' | 'untick'
  fact: string
  reason: TextRef
}): AuditEntry {
  const of = { key: item.key, version: item.version + 1, reason }
  return act === 'notApplicable'
    ? { action: 'run.item_marked_not_applicable', data: { ...of, fact } }
    : { action: 'run.item_unticked', data: { ...of, of: item.fold.notApplicable?.by.memberId ?? null } }
}

/** Answers a run fact. Exactly the items that the page showed follow the answer, each with a line of its own in the log. */
export function decideAnswer(
  facts: AnswerFacts,
  { fact: key, answer, keys }: AnswerInput,
  { actor, now, seq, newId, write }: DecideContext,
): Decision<AnswerChange, { fact: string; answer: boolean | null; keys: string[] }> {
  if (!isMember(actor)) return refused('forbidden', 'Only a member of the team does this.')
  const { run, items, slots, fact, answers } = facts
  const at = now.getTime()
  const { memberId } = actor.team
  const gate = decideGate({ run, items, slots, now: at, askedDigest: null })
  const obstacle = runObstacle({ act: 'answerFact', run, items, gate })
  if (obstacle) return refused(obstacle.code, obstacle.message)
  const follow = items.filter((item) => keys.includes(item.key))
  if (follow.length !== new Set(keys).size || follow.some((item) => !fact.itemKeys.includes(item.key))) {
    return refused('invalid', 'These items do not hang on this question. Reload the page.', {
      fields: { keys: 'Reload the page.' },
    })
  }
  if (answers[key] === answer && follow.length === 0)
    return { kind: 'unchanged', value: { fact: key, answer, keys: [] } }
  const act = answer === false ? 'notApplicable' : 'untick'
  for (const item of follow) {
    const rule = itemRule({ act, state: run.state, item, memberId, now: at })
    if (rule !== true)
      return refused(rule.code, `${named(item)}: ${rule.message}`, { detail: { keys: [item.key] } })
    if (act === 'untick' && !item.fold.notApplicable)
      return refused('lost_race', `${named(item)} is not n/a any more.`, { detail: { keys: [item.key] } })
  }

  const by = { memberId, name: actor.name }
  const reason = write(`${fact.question} ${ANSWERED[String(answer)] ?? ''}`)
  const change: AnswerChange = {
    teamId: facts.teamId,
    runId: run.id,
    at: now,
    items: [],
    stale: [],
    answers: { ...answers, [key]: answer },
  }
  const marks: AuditEntry[] = []
  const staled: AuditEntry[] = []
  for (const item of follow) {
    const row: Evidence = { kind: act === 'notApplicable' ? 'not_applicable' : 'untick', by, at, reason }
    // The answer itself is the first line, so the first mark is the second one.
    const { after, change: written } = advance({
      item,
      row,
      seq: seq + 2 + marks.length,
      evidenceId: newId(),
    })
    change.items.push(written)
    marks.push(markEntry({ item, act, fact: key, reason }))
    const covering = standingOver({ facts, item }).filter(
      ({ role }) => !change.stale.some((stale) => stale.role === role),
    )
    const found = staledBy({
      run,
      covering,
      before: item,
      after,
      because: `${actor.name} answered “${fact.question}”`,
    })
    change.stale.push(...found.stale)
    staled.push(...found.entries)
  }
  return {
    kind: 'changed',
    change,
    value: { fact: key, answer, keys },
    entries: [{ action: 'run.fact_answered', data: { fact: key, answer } }, ...marks, ...staled],
  }
}
