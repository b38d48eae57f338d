import type { Act, Deed, Story } from './acts.ts'
import { type Answer, DEPLOY_STEPS, PREPARE, ROLLBACK, type Round, VERIFY } from './answers.ts'
import { drawFrom, minutesAfter, momentOf } from './calendar.ts'
import type { Who } from './cast.ts'
import { RELEASES, type Release } from './releases.ts'

/** The course of a release day, in minutes after the opening. */
const DAY = { mended: 86, probed: 148, start: 156, deployed: 176, close: 219 } as const
const SIGNATURES: readonly [minute: number, who: Who, role: string][] = [
  [97, 'ana', 'Developer'],
  [109, 'cem', 'DevOps'],
  [121, 'dee', 'Security'],
  [134, 'bo', 'Reviewer'],
]

type Diary = {
  add: (minute: number, who: Who, deed: Deed) => void
  round: (round: Round, from: number) => void
}

function deedOf({ item, note, notApplicable }: Answer, notes: Release['notes']): Deed {
  return notApplicable === undefined
    ? { deed: 'tick', item, note: notes[item] ?? note }
    : { deed: 'notApplicable', item, reason: notApplicable }
}

/** Collects acts; nobody acts on the full minute, and a witness comes a few minutes later. */
export function openDiary({
  openedAt,
  notes,
  seed,
  pace = 1,
}: {
  openedAt: Date
  notes: Release['notes']
  seed: number
  pace?: number
}): Diary & { acts: Act[] } {
  const draw = drawFrom(seed)
  const acts: Act[] = []
  const add = (minute: number, who: Who, deed: Deed) => {
    acts.push({ at: minutesAfter(openedAt, (minute + draw() * 0.7) * pace), who, ...deed })
  }
  const round = ({ who, from, answers }: Round, after: number) => {
    let minute = after + from
    for (const answer of answers) {
      minute += 0.8 + draw() * 1.1
      add(minute, who, deedOf(answer, notes))
      if (answer.witness) add(minute + 3 + draw() * 4, answer.witness, { deed: 'witness', item: answer.item })
    }
  }
  return { acts, add, round }
}

function prepare({ add, round }: Diary, { broken = [], stumble }: Release): void {
  add(0.2, 'ana', { deed: 'probe', keys: 'all', broken })
  for (const each of PREPARE) round(each, 0)
  if (broken.length > 0) add(DAY.mended, 'cem', { deed: 'probe', keys: 'failing', broken: [] })
  if (stumble) {
    const { item, by, minute, reason, mendedBy, mended, note } = stumble
    add(minute, by, { deed: 'fail', item, reason })
    add(mended, mendedBy, { deed: 'tick', item, note })
  }
  for (const [minute, who, role] of SIGNATURES) add(minute, who, { deed: 'sign', role })
}

function deploy({ add, round }: Diary): void {
  add(DAY.probed, 'cem', { deed: 'probe', keys: 'all', broken: [] })
  add(DAY.start, 'cem', { deed: 'start' })
  for (const [index, item] of DEPLOY_STEPS.entries())
    add(DAY.start + 2.5 + index * 5, 'cem', { deed: 'tick', item })
  add(DAY.deployed - 2, 'cem', { deed: 'probe', keys: 'all', broken: [] })
  add(DAY.deployed, 'cem', { deed: 'deployed' })
  add(DAY.deployed + 1, 'cem', { deed: 'probe', keys: 'all', broken: [] })
  for (const each of VERIFY) round(each, DAY.deployed)
}

function storyOf(release: Release, index: number, now: Date): Story {
  const draw = drawFrom(97 + index)
  const openedAt = minutesAfter(momentOf(release.opened, now), draw())
  // Some days are quicker than others; the slowest still has fresh evidence when the deployment starts.
  const pace = 0.8 + draw() * 0.55
  const diary = openDiary({ openedAt, notes: release.notes, seed: 31 + index, pace })
  const { acts, add, round } = diary
  const { ending } = release
  prepare(diary, release)
  if (ending.kind !== 'aborted') deploy(diary)
  if (ending.kind === 'closed') add(DAY.close, 'ana', { deed: 'close' })
  const breaksOff =
    ending.kind === 'aborted' ? ending.minute : DAY.deployed + ('minute' in ending ? ending.minute : 0)
  if (ending.kind !== 'closed') {
    const last = minutesAfter(openedAt, breaksOff * pace)
    const before = acts.filter(({ at }) => at < last)
    acts.length = 0
    acts.push(...before)
  }
  if (ending.kind === 'aborted') add(breaksOff, 'ana', { deed: 'abort', reason: ending.reason })
  if (ending.kind === 'rolled_back') {
    add(breaksOff, 'cem', { deed: 'rollBack', reason: ending.reason })
    for (const each of ROLLBACK) round(each, breaksOff)
    add(breaksOff + 49, 'ana', { deed: 'finishRollback' })
  }
  const start = minutesAfter(openedAt, Math.floor(150 * pace))
  const window = { start, end: minutesAfter(start, 120) }
  return {
    version: release.version,
    ticket: release.ticket,
    environment: release.environment,
    openedAt,
    window: release.environment === 'production' ? window : null,
    yes: release.yes,
    unanswered: [],
    acts: acts.sort((one, other) => one.at.getTime() - other.at.getTime()),
  }
}

/** Eight weeks of releases before this one, oldest first. */
export function historyBefore(now: Date): Story[] {
  return RELEASES.map((release, index) => storyOf(release, index, now))
}
