import { isMember, type MemberActor } from '#lib/access/actor.ts'
import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { Json, Refusal } from '#lib/shared/result.ts'
import type { ItemAct, ItemView } from './board.ts'
import type { ActiveAttempt, BoardItem, Texts } from './board-snapshot.ts'
import type { By, Evidence, TextRef } from './evidence.ts'
import { advance, named, type RunItemsChange, type Standing, staledBy } from './item-change.ts'
import { isOverProbe, itemRule, noteWanted, othersMark } from './item-rules.ts'
import { itemView } from './item-view.ts'
import { type LastRow, lostRaceWords } from './lost-race.ts'
import type { SentNotice } from './notice-view.ts'
import type { RuleRun } from './run-facts.ts'

export type ItemFacts = Facts & {
  teamId: string
  run: RuleRun
  item: BoardItem
  /** Standing signatures whose scope holds this item and that are not stale yet. */
  covering: Standing[]
  texts: Texts
  last: LastRow | null
  attempt: ActiveAttempt | null
  /** The notice that stands at it. */
  sent: SentNotice | null
}

/** `version`: the item's version that the page showed. `text`: what was typed; trimmed, null when nothing was. */
export type ItemInput = { version: number; text: string | null }

export type ItemDecision = Decision<RunItemsChange, ItemView>

type HumanAct = Exclude<ItemAct, 'attach' | 'probe' | 'notify'>
type Made = { row: Evidence; entry: AuditEntry; did: string }
type Given = { item: BoardItem; by: By; at: number; text: TextRef | null; memberId: string }

function make(act: HumanAct, { item, by, at, text, memberId }: Given): Made {
  const of = { key: item.key, version: item.version + 1 }
  const typed = text ?? { textId: '', hash: '' }
  switch (act) {
    case 'tick':
      return {
        row: { kind: 'tick', by, at, note: text, overProbe: isOverProbe({ item, now: at }) },
        entry: { action: 'run.item_ticked', data: { ...of, note: text } },
        did: 'ticked',
      }
    case 'untick':
      return {
        row: { kind: 'untick', by, at, reason: text },
        entry: {
          action: 'run.item_unticked',
          data: { ...of, reason: text, of: othersMark({ item, memberId })?.by.memberId ?? null },
        },
        did: 'took the mark off',
      }
    case 'fail':
      return {
        row: { kind: 'fail', by, at, reason: typed },
        entry: { action: 'run.item_failed', data: { ...of, reason: text } },
        did: 'failed',
      }
    case 'notApplicable':
      return {
        row: { kind: 'not_applicable', by, at, reason: typed },
        entry: { action: 'run.item_marked_not_applicable', data: { ...of, reason: text, fact: null } },
        did: 'marked n/a',
      }
    case 'verify':
      return {
        row: { kind: 'verify_not_applicable', by, at },
        entry: { action: 'run.item_not_applicable_verified', data: of },
        did: 'checked the n/a of',
      }
    case 'witness':
      return {
        row: { kind: 'witness', by, at },
        entry: { action: 'run.item_witnessed', data: { ...of, of: item.fold.tick?.by.memberId ?? '' } },
        did: 'witnessed',
      }
    case 'note':
      return {
        row: { kind: 'note', by, at, note: typed },
        entry: { action: 'run.item_noted', data: { ...of, note: text } },
        did: 'wrote a note at',
      }
  }
}

/** The text field of each act, and why it is missing when it must not be. */
function missingText({
  act,
  item,
  memberId,
  now,
}: {
  act: HumanAct
  item: BoardItem
  memberId: string
  now: number
}): { field: string; words: string } | null {
  switch (act) {
    case 'tick': {
      const words = noteWanted({ item, memberId, now })
      return words ? { field: 'note', words } : null
    }
    case 'untick': {
      const other = othersMark({ item, memberId })
      return other
        ? { field: 'reason', words: `This mark is ${other.by.name}’s; say why you take it off.` }
        : null
    }
    case 'fail':
      return { field: 'reason', words: 'Say what is wrong.' }
    case 'notApplicable':
      return { field: 'reason', words: 'Say why it does not apply.' }
    case 'note':
      return { field: 'note', words: 'Write something.' }
    case 'verify':
    case 'witness':
      return null
  }
}

/** Whose act stands, with the item as it is now beside it. */
export function lostRace({ facts, actor, now }: { facts: ItemFacts; actor: MemberActor; now: number }): {
  kind: 'refused'
  refusal: Refusal
} {
  const { run, item, texts, attempt, sent, last } = facts
  const detail = itemView({ actor, state: run.state, item, texts, attempt, sent, now }) as unknown as Json
  return refused('lost_race', lostRaceWords({ last, memberId: actor.team.memberId }), { detail })
}

/** Whether the page showed what stands. The look of a probe in shadow changes nothing that anybody decides by. */
function isCurrent({ item, last }: ItemFacts, { version }: ItemInput): boolean {
  return version === item.version || (version === item.version - 1 && last?.kind === 'shadow')
}

/**
 * Everything a person does to one item. A page that showed another version than the item's is told whose act stands and gets
 * the item as it is (`detail`); a note alone never conflicts. A signature that covers the item goes stale in the same change.
 */
export function decideItem(
  act: HumanAct,
  facts: ItemFacts,
  input: ItemInput,
  context: DecideContext,
): ItemDecision {
  const { actor, seq, newId, write } = context
  const { run, item, attempt, sent } = facts
  if (!isMember(actor)) return refused('forbidden', 'Only a member of the team does this.')
  const now = context.now.getTime()
  if (act !== 'note' && !isCurrent(facts, input)) return lostRace({ facts, actor, now })
  const { memberId } = actor.team
  const rule = itemRule({ act, state: run.state, item, memberId, now })
  if (rule !== true) return refused(rule.code, rule.message)
  const missing = input.text === null ? missingText({ act, item, memberId, now }) : null
  if (missing) return refused('note_needed', missing.words, { fields: { [missing.field]: missing.words } })

  const text = input.text === null ? null : write(input.text)
  const by = { memberId, name: actor.name }
  const { row, entry, did } = make(act, { item, by, at: now, text, memberId })
  const { after, change } = advance({ item, row, seq: seq + 1, evidenceId: newId() })
  const because = `${actor.name} ${did} ${named(item)}`
  const { stale, entries } = staledBy({ run, covering: facts.covering, before: item, after, because })
  const texts = text && input.text !== null ? { ...facts.texts, [text.textId]: input.text } : facts.texts
  return {
    kind: 'changed',
    change: { teamId: facts.teamId, runId: run.id, at: context.now, items: [change], stale },
    value: itemView({
      actor,
      state: run.state,
      item: after,
      texts,
      attempt,
      sent: after.fold.notice ? sent : null,
      now,
    }),
    entries: [entry, ...entries],
  }
}
