import { DECISIONS, OUTCOMES } from '#lib/shared/codes.ts'
import { counted, DECISION_WORDS, OUTCOME_WORDS } from '#lib/shared/words.ts'
import type { ActivityView } from './board.ts'
import type { BoardEvent } from './board-snapshot.ts'

type Data = BoardEvent['data']

const word = (value: unknown): string => (typeof value === 'string' ? value : '')
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const WHY_STARTED: Readonly<Record<string, string>> = {
  gate: ' again, because the gate was asked',
  stage: ', as their stage opened',
}

function decisionWord(value: unknown): string {
  const code = DECISIONS.find((decision) => decision === value)
  return code ? DECISION_WORDS[code] : word(value)
}

function outcomeWord(value: unknown): string {
  const code = OUTCOMES.find((outcome) => outcome === value)
  return code ? OUTCOME_WORDS[code] : word(value)
}

/** What happened, to be read after the actor's name. `{item}` stands for the item's text. */
const SAID: Record<string, (data: Data) => string> = {
  'run.opened': () => 'opened the run',
  'run.item_ticked': ({ note }) => `ticked {item}${note ? ' with a note' : ''}`,
  'run.item_unticked': () => 'took the mark off {item}',
  'run.item_failed': () => 'failed {item}',
  'run.item_marked_not_applicable': () => 'marked {item} n/a',
  'run.item_not_applicable_verified': () => 'checked the n/a of {item}',
  'run.item_witnessed': () => 'witnessed {item}',
  'run.item_noted': () => 'wrote a note at {item}',
  'run.evidence_attached': ({ file, replaces }) =>
    `${replaces ? 'replaced' : 'attached'} a ${file ? 'file' : 'link'} at {item}`,
  'run.evidence_withdrawn': () => 'withdrew an attachment of {item}',
  'run.fact_answered': ({ fact, answer }) =>
    `answered ${word(fact)}: ${answer === null ? 'open' : answer ? 'yes' : 'no'}`,
  'run.probes_started': ({ keys, cause }) =>
    `started ${counted({ count: listOf(keys).length, one: 'probe' })}${WHY_STARTED[word(cause)] ?? ''}`,
  'run.probes_repeated': ({ keys }) => `repeated ${counted({ count: listOf(keys).length, one: 'probe' })}`,
  'run.probes_cancelled': ({ keys }) => `cancelled ${counted({ count: listOf(keys).length, one: 'probe' })}`,
  'run.probe_observed': ({ outcome }) => `probed {item}: ${outcomeWord(outcome)}`,
  'run.probe_confirmed': ({ outcome }) => `probed {item} again: still ${outcomeWord(outcome)}`,
  'run.probe_shadowed': ({ outcome }) =>
    `probed {item} in shadow: ${outcomeWord(outcome)}, which counts for nothing`,
  'run.probe_blocked': () => 'blocked the probe of {item}: the address is not allowed',
  'run.report_pushed': ({ format, name }) =>
    `pushed a report: ${word(format)}${name ? ` “${word(name)}”` : ''}`,
  'run.report_taken_up': ({ format, name, by }) =>
    `took up a report that ${word(by)} had pushed before: ${word(format)}${name ? ` “${word(name)}”` : ''}`,
  'run.notice_sent': ({ receivers }) =>
    `sent the notice of {item} to ${counted({ count: listOf(receivers).length, one: 'receiver' })}`,
  'run.notice_reminded': ({ receivers }) =>
    `reminded ${counted({ count: listOf(receivers).length, one: 'receiver' })} of {item}`,
  'run.notice_delivered': ({ taken, words }) =>
    taken === true
      ? 'delivered the notice of {item}'
      : `could not deliver the notice of {item}: ${word(words)}`,
  'run.notice_acknowledged': () => 'acknowledged the notice of {item}',
  'run.release_corrected': ({ from, to, authors }) =>
    authors && JSON.stringify(from) === JSON.stringify(to)
      ? 'corrected who wrote the commit'
      : 'corrected the release',
  'run.signed': ({ role, decision }) => `signed ${decisionWord(decision)} as ${word(role)}`,
  'run.signature_staled': ({ role }) => `made the signature of ${word(role)} stale`,
  'run.signature_annotated': ({ role }) => `annotated the signature of ${word(role)}`,
  'run.deployment_started': () => 'started the deployment',
  'run.deployed': () => 'marked it as deployed',
  'run.deployed_undone': () => 'took back “deployed”',
  'run.rollback_started': () => 'started to roll back',
  'run.rolled_back': () => 'finished the rollback',
  'run.aborted': () => 'aborted the run',
  'run.closed': () => 'closed the run',
}

/** One line of a run's log in words. `nameOf`: an item's text by its key. */
export function activityView(
  { seq, at, action, who, data }: BoardEvent,
  nameOf: (key: string) => string | null,
): ActivityView {
  const key = word(data.key) || null
  const name = key === null ? null : nameOf(key)
  const text = (SAID[action]?.(data) ?? action).replace('{item}', () =>
    name === null ? 'an item' : `“${name}”`,
  )
  return { seq, at, who, text, itemKey: name === null ? null : key }
}
