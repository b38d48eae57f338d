import type { Decision, ItemState, RunState, Stage } from '#lib/shared/codes.ts'
import { counted } from '#lib/shared/words.ts'
import { isIndependentRole } from './independent-roles.ts'
import { slotSlug } from './slot-view.ts'
import { stageObstacle } from './stage-openness.ts'

export type WaitingSlotRow = {
  role: string
  /** Required items in scope that are open or failed. */
  unsettled: number
  memberId: string | null
  memberName: string | null
  decision: Decision | null
  staleReason: string | null
  holdsRole: boolean
  /** Active members who hold the role. */
  holders: number
}

export type WaitingItemRow = {
  key: string
  text: string
  kind: 'item' | 'step'
  stage: Stage
  state: ItemState
  ownerRole: string | null
}

/** One live run with what is not settled in it. Times are milliseconds. */
export type WaitingRunRow = {
  service: string
  number: number
  environment: string
  version: string
  state: RunState
  openedByMe: boolean
  /** The member who wrote the commit; null when it was nobody of the team, or nobody is named. */
  authorId: string | null
  windowStart: number | null
  windowEnd: number | null
  /** Required items and steps that are open or failed, in document order. */
  items: WaitingItemRow[]
  slots: WaitingSlotRow[]
}

export type WaitingRun = Pick<WaitingRunRow, 'service' | 'number' | 'environment' | 'version' | 'state'>
export type WaitingSlot = { run: WaitingRun; role: string; slug: string; ready: boolean; reason: string }
export type WaitingItem = { run: WaitingRun; key: string; text: string; failed: boolean; reason: string }
export type StuckRun = { run: WaitingRun; reason: string }
export type WaitingView = { slots: WaitingSlot[]; items: WaitingItem[]; stuck: StuckRun[] }

type Viewer = { memberId: string; roles: readonly string[] }

function runOf({ service, number, environment, version, state }: WaitingRunRow): WaitingRun {
  return { service, number, environment, version, state }
}

const isStanding = ({ memberId, staleReason, holdsRole, decision }: WaitingSlotRow): boolean =>
  memberId !== null && staleReason === null && holdsRole && decision !== 'recuse'

function slotReason(slot: WaitingSlotRow): string {
  const missing =
    slot.unsettled > 0
      ? `, opens when ${counted({ count: slot.unsettled, one: 'item is', many: 'items are' })} settled`
      : ''
  if (slot.staleReason) return `Look again${missing}: ${slot.staleReason}`
  return slot.decision === 'recuse'
    ? `${slot.memberName ?? 'Somebody'} recused${missing}`
    : `Not signed yet${missing}`
}

/** Whether a slot asks for a signature: once the deployment has started only where somebody recused. */
function isAsking(slot: WaitingSlotRow, state: RunState): boolean {
  if (state === 'preparing') return !isStanding(slot)
  return state === 'deploying' && slot.decision === 'recuse'
}

function slotsFor(row: WaitingRunRow, { memberId, roles }: Viewer): WaitingSlot[] {
  const isAuthor = row.authorId === memberId
  return row.slots
    .filter((slot) => roles.includes(slot.role) && isAsking(slot, row.state))
    .filter(({ role }) => !(isAuthor && isIndependentRole(role)))
    .filter(({ role }) => !row.slots.some((other) => other.role !== role && other.memberId === memberId))
    .map((slot) => ({
      run: runOf(row),
      role: slot.role,
      slug: slotSlug({ role: slot.role, slots: row.slots }),
      ready: slot.unsettled === 0,
      reason: slotReason(slot),
    }))
}

function itemsFor(row: WaitingRunRow, { roles }: Viewer): WaitingItem[] {
  return row.items
    .filter((item) => item.ownerRole !== null && roles.includes(item.ownerRole))
    .filter((item) => stageObstacle({ state: row.state, item }) === null)
    .map((item) => ({
      run: runOf(row),
      key: item.key,
      text: item.text,
      failed: item.state === 'failed',
      reason: `${item.state === 'failed' ? 'Failed' : 'Open'}, for ${item.ownerRole ?? ''}`,
    }))
}

function against({ slots }: WaitingRunRow): string | null {
  const slot = slots.find(({ decision, staleReason }) => decision === 'no_go' && staleReason === null)
  return slot ? `${slot.memberName ?? 'Somebody'} signed no-go as ${slot.role}` : null
}

function preparingStuck(row: WaitingRunRow, now: number): string | null {
  const prepare = row.items.filter(({ stage, kind }) => stage === 'prepare' && kind === 'item')
  const failed = prepare.filter(({ state }) => state === 'failed').length
  if (failed > 0) return `${counted({ count: failed, one: 'item fails', many: 'items fail' })}`
  const stopped = against(row)
  if (stopped) return stopped
  const nobody = row.slots.find((slot) => slot.holders === 0 && !isStanding(slot))
  if (nobody) return `Nobody holds the role ${nobody.role}`
  if (row.windowEnd !== null && now > row.windowEnd) return 'The window has closed'
  const signed = row.slots.length > 0 && row.slots.every(isStanding)
  const inWindow = row.windowStart === null || now >= row.windowStart
  return prepare.length === 0 && signed && inWindow ? 'All is settled and signed: start the deployment' : null
}

function stuckReason(row: WaitingRunRow, now: number): string | null {
  const isOpen = (...stages: Stage[]) => row.items.some(({ stage }) => stages.includes(stage))
  switch (row.state) {
    case 'preparing':
      return preparingStuck(row, now)
    case 'deploying':
      if (against(row)) return against(row)
      return row.items.some(({ stage, kind }) => stage === 'deploy' && kind === 'step')
        ? null
        : 'Its deploy steps are done: mark it as deployed'
    case 'verifying':
      if (against(row)) return against(row)
      return isOpen('deploy', 'verify') ? null : 'Its verify items are settled: close it'
    case 'rolling_back':
      return isOpen('rollback') ? 'It is being rolled back' : 'Its rollback is done: finish it'
    default:
      return null
  }
}

/** What waits for one person over all live runs, each with its reason. Pure. */
export function waitingFor({
  rows,
  viewer,
  now,
}: {
  rows: readonly WaitingRunRow[]
  viewer: Viewer
  now: number
}): WaitingView {
  return {
    slots: rows
      .flatMap((row) => slotsFor(row, viewer))
      .sort((one, other) => Number(other.ready) - Number(one.ready)),
    items: rows.flatMap((row) => itemsFor(row, viewer)),
    stuck: rows.flatMap((row) => {
      const reason = row.openedByMe ? stuckReason(row, now) : null
      return reason === null ? [] : [{ run: runOf(row), reason }]
    }),
  }
}

/** The number in the bar: what the person can do now. A slot that still waits for others is listed, not counted. */
export function countWaiting({ slots, items, stuck }: WaitingView): number {
  return slots.filter(({ ready }) => ready).length + items.length + stuck.length
}
