import type { DecideContext } from '#lib/door/command.ts'
import type { ProbeConfig } from '#lib/probes/config.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import type { ProbedItem } from './decide-probes.ts'
import { itemRule } from './item-rules.ts'
import type { RuleRun } from './run-facts.ts'

/** An item with a probe whose evidence is pushed. */
export type WaitingItem = Omit<ProbedItem, 'lost' | 'pushed'> & { probe: ProbeConfig }

/** What a push sets off: attempts that are queued, and attempts under way that begin again because they may have read too early. */
export type PushedAttempts = {
  attempts: { id: string; itemId: string }[]
  again: string[]
}
/** `left`: how many more items would have been looked at but for the team's limit. */
export type PushedStart = PushedAttempts & { keys: string[]; left: number }

/** Has every one of `items` looked at that a probe may look at now, as many as the team's limit has room for. */
export function startPushed(
  { run, items, teamActive }: { run: RuleRun; items: readonly WaitingItem[]; teamActive: number },
  { now, newId }: Pick<DecideContext, 'now' | 'newId'>,
): PushedStart {
  const open = items.filter(
    (item) => itemRule({ act: 'probe', state: run.state, item, memberId: '', now: now.getTime() }) === true,
  )
  const idle = open.filter(({ active }) => !active)
  const room = Math.max(0, LIMITS.probesAtOncePerTeam - teamActive)
  const started = idle.slice(0, room)
  const busy = open.filter(({ active }) => active)
  return {
    attempts: started.map(({ id }) => ({ id: newId(), itemId: id })),
    again: busy.map(({ id }) => id),
    keys: open.filter((item) => item.active || started.includes(item)).map(({ key }) => key),
    left: idle.length - started.length,
  }
}
