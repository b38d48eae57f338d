import { isGradeAtLeast, isLive } from '#lib/shared/codes.ts'
import { formatUtc } from '#lib/shared/time.ts'
import { gradeAt, stateOf } from './fold.ts'
import { named } from './item-change.ts'
import type { RuleItem, RuleRun, RuleSlot } from './run-facts.ts'
import { slotState, staleReason } from './slots.ts'

export type GateReason = {
  code:
    | 'run_state'
    | 'item_open'
    | 'item_failed'
    | 'grade_too_low'
    | 'evidence_too_old'
    | 'slot_waiting'
    | 'slot_stale'
    | 'slot_no_go'
    | 'slot_recused'
    | 'no_slots'
    | 'outside_window'
    | 'digest_differs'
    | 'no_run'
    | 'error'
  text: string
  itemKey?: string
  role?: string
}

export type GateAnswer = { go: boolean; reasons: GateReason[] }

export type GateQuestion = {
  run: RuleRun
  items: readonly RuleItem[]
  slots: readonly RuleSlot[]
  /** Milliseconds. */
  now: number
  /** The digest that the pipeline is about to deploy; null when it does not say. */
  askedDigest: string | null
}

function itemReason(item: RuleItem, now: number): GateReason | null {
  const of = { itemKey: item.key }
  switch (stateOf(item.fold)) {
    case 'open':
      return { code: 'item_open', text: `${named(item)} is open`, ...of }
    case 'failed':
      return { code: 'item_failed', text: `${named(item)} failed`, ...of }
    case 'not_applicable':
    case 'waived':
      return null
    case 'passed': {
      const ever = gradeAt({ fold: item.fold, shelfLifeSeconds: null, now })
      const { fold, shelfLifeSeconds, claimShelfSeconds } = item
      const today = gradeAt({ fold, shelfLifeSeconds, claimShelfSeconds, now })
      // A tick settles an item at any grade; the template's minimum, at least claimed, says what is enough.
      const minimum = item.minGrade === 'unproven' ? 'claimed' : item.minGrade
      if (!isGradeAtLeast({ grade: ever, minimum })) {
        return { code: 'grade_too_low', text: `${named(item)} is ${ever}; it must be ${minimum}`, ...of }
      }
      if (!isGradeAtLeast({ grade: today, minimum })) {
        return {
          code: 'evidence_too_old',
          text: `${named(item)}: the evidence is too old, probe or tick it again`,
          ...of,
        }
      }
      return null
    }
  }
}

function slotReason(slot: RuleSlot, started: boolean): GateReason | null {
  const of = { role: slot.role }
  const { standing } = slot
  const state = slotState({ standing, started })
  if (!standing || state === 'waiting')
    return { code: 'slot_waiting', text: `${slot.role} has not signed`, ...of }
  if (state === 'recused')
    return {
      code: 'slot_recused',
      text: `${standing.name} recused as ${slot.role}: another ${slot.role} must sign`,
      ...of,
    }
  if (standing.decision === 'no_go')
    return { code: 'slot_no_go', text: `${standing.name} signed no-go as ${slot.role}`, ...of }
  if (state === 'stale')
    return {
      code: 'slot_stale',
      text: `${slot.role} must look again: ${staleReason(standing) ?? 'something changed'}`,
      ...of,
    }
  return null
}

function windowReason(run: RuleRun, now: number): GateReason | null {
  if (run.windowStart !== null && now < run.windowStart) {
    return { code: 'outside_window', text: `The window opens at ${formatUtc(run.windowStart)}` }
  }
  if (run.windowEnd !== null && now > run.windowEnd) {
    return { code: 'outside_window', text: `The window closed at ${formatUtc(run.windowEnd)}` }
  }
  return null
}

function digestReason(run: RuleRun, asked: string | null): GateReason | null {
  if (asked === null || asked === run.release.artifactDigest) return null
  return {
    code: 'digest_differs',
    text: run.release.artifactDigest
      ? `This run is for ${run.release.artifactDigest}, not for ${asked}`
      : `This run names no artifact digest, so it cannot vouch for ${asked}`,
  }
}

/**
 * GO, exactly: product decision 1. Pure, never stored, and closed by default: anything that is not a yes is a reason.
 * The reasons come in reading order: the run, its items, its slots, the window, the digest.
 */
export function decideGate({ run, items, slots, now, askedDigest }: GateQuestion): GateAnswer {
  const reasons: (GateReason | null)[] = []
  if (run.state !== 'preparing' && run.state !== 'deploying') {
    reasons.push({
      code: 'run_state',
      text: isLive(run.state)
        ? `The run is past deploying (${run.state.replace('_', ' ')})`
        : `The run is over (${run.state.replace('_', ' ')})`,
    })
  }
  for (const item of items) {
    if (item.kind === 'item' && item.stage === 'prepare' && item.required) reasons.push(itemReason(item, now))
  }
  // A checklist without a sign-off table is never signed by anybody: that is not a yes.
  if (slots.length === 0) reasons.push({ code: 'no_slots', text: 'This checklist names nobody who signs' })
  for (const slot of slots) reasons.push(slotReason(slot, run.state !== 'preparing'))
  reasons.push(windowReason(run, now), digestReason(run, askedDigest))
  const found = reasons.filter((reason): reason is GateReason => reason !== null)
  return { go: found.length === 0, reasons: found }
}
