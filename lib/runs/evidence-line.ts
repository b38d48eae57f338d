import type { Outcome } from '#lib/shared/codes.ts'
import { formatUtc, formatUtcDay, formatUtcTime } from '#lib/shared/time.ts'
import { OUTCOME_WORDS } from '#lib/shared/words.ts'
import type { ItemView } from './board.ts'
import type { Texts } from './board-snapshot.ts'
import type { By, TextRef } from './evidence.ts'
import { type ItemFold, metBy, PASSES_AFTER_REGRESSION, type Seen, stateOf } from './fold.ts'

type Line = NonNullable<ItemView['line']>

const ERASED = '(erased)'

/** The words of a free text, in quotes; nothing for an absent one. */
function quoted(ref: TextRef | null, texts: Texts): string[] {
  return ref ? [`“${texts[ref.textId] ?? ERASED}”`] : []
}

type Act = { by: Pick<By, 'name'>; at: number }
/** How an act is signed in a line. */
type Who = (act: Act) => string

/** On paper the day is always said; on a board only when it is not the day that is looked at. */
function whoOn(today: number | null): Who {
  const day = today === null ? null : formatUtcDay(today)
  return ({ by, at }) => `${by.name} ${formatUtcDay(at) === day ? formatUtcTime(at) : formatUtc(at)}`
}

function join(parts: string[]): string {
  return parts.join(' · ')
}

/** Of what failed after it had passed, or had been ticked: what it takes to be ticked again. */
function regressionWords({ regressed }: ItemFold): string[] {
  if (!regressed) return []
  return regressed.passes === 0
    ? [`regressed: ${PASSES_AFTER_REGRESSION} passes in a row tick it again`]
    : [`regressed: ${regressed.passes} of ${PASSES_AFTER_REGRESSION} passes in a row`]
}

/** What stands before a dot in the middle needs none of its own. */
function clause(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

/** A look that proves nothing says so first: beside an empty box it must not read as one that nobody took. A warning says it itself. */
const WORDLESS: ReadonlySet<Outcome> = new Set(['pass', 'warn', 'fail'])

function saidOf({ outcome, line }: Pick<Seen, 'outcome' | 'line'>): string {
  return WORDLESS.has(outcome) ? line : `${OUTCOME_WORDS[outcome]}: ${line}`
}

function machineLine(fold: ItemFold): Line | null {
  const { seen, attempt, attempts } = fold
  const last = attempt ?? seen
  if (!last) return null
  const shown = seen && seen.id !== last.id ? [seen.line, `last attempt: ${saidOf(last)}`] : [saidOf(last)]
  return {
    from: 'machine',
    unsure: seen === null && last.verdict === 'inconclusive',
    text: join([
      ...shown.map(clause),
      ...regressionWords(fold),
      ...(attempts > 1 ? [`${attempts} looks`] : []),
    ]),
  }
}

function tickLine({ fold, texts }: { fold: ItemFold; texts: Texts }, who: Who): Line | null {
  const { tick, witnesses, attempt } = fold
  if (!tick) return null
  const over = tick.overProbe
    ? [attempt ? `ticked over a probe (${attempt.line})` : 'ticked before its probe showed it']
    : []
  const seconds = witnesses.length > 0 ? [`witnessed by ${witnesses.map(who).join(', ')}`] : []
  return {
    from: 'person',
    unsure: false,
    text: join([who(tick), ...quoted(tick.note, texts), ...over, ...seconds]),
  }
}

function toldLine({ witnesses, acknowledged = [], notice }: ItemFold, who: Who): Line {
  const told = acknowledged.map((one) => `${who(one)} by the link sent to ${one.to}`)
  const seconds = witnesses.length > 0 ? [`witnessed by ${witnesses.map(who).join(', ')}`] : []
  const sent = notice ? [`notice sent by ${who(notice)}`] : []
  return {
    from: 'person',
    unsure: false,
    text: join([`Acknowledged by ${told.join(', ')}`, ...sent, ...seconds]),
  }
}

/**
 * The evidence behind an item in one line: a machine's value against its threshold, or who said so and when (UTC). `today`:
 * the moment (ms) of a look whose day need not be said, or null for a line that is kept.
 */
export function evidenceLine({
  fold,
  texts,
  today,
}: {
  fold: ItemFold
  texts: Texts
  today: number | null
}): Line | null {
  const who = whoOn(today)
  const { notApplicable, fail, seen } = fold
  if (notApplicable) {
    const checked = notApplicable.verified ? [`checked by ${who(notApplicable.verified)}`] : []
    return {
      from: 'person',
      unsure: false,
      text: join(['Not applicable', ...quoted(notApplicable.reason, texts), who(notApplicable), ...checked]),
    }
  }
  if (fail)
    return {
      from: 'person',
      unsure: false,
      text: join([`Failed by ${who(fail)}`, ...quoted(fail.reason, texts)]),
    }
  if (seen || stateOf(fold) === 'open') return machineLine(fold)
  if (metBy(fold)) return toldLine(fold, who)
  return tickLine({ fold, texts }, who)
}
