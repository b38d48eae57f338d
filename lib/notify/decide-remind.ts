import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { itemRule } from '#lib/runs/item-rules.ts'
import type { LetterState } from '#lib/runs/notice-view.ts'
import type { RuleItem, RuleRun } from '#lib/runs/run-facts.ts'
import { formatUtcTime } from '#lib/shared/time.ts'

export type RemindFacts = Facts & {
  teamId: string
  run: RuleRun
  item: RuleItem
  /** The notice that stands; null when none does. */
  notice: { id: string; expiresAt: number } | null
  receivers: { id: string; acknowledged: boolean; state: LetterState; number: number }[]
}

export type RemindChange = {
  teamId: string
  runId: string
  at: Date
  deliveries: { id: string; receiverId: string; number: number }[]
}

/** Sends the same letter with the same link again, to those whose word is missing and whose letter is not under way. */
export function decideRemind(
  { teamId, run, item, notice, receivers }: RemindFacts,
  { receivers: asked }: { receivers: readonly string[] | 'all' },
  { now, newId }: DecideContext,
): Decision<RemindChange, { receivers: number }> {
  const at = now.getTime()
  const rule = itemRule({ act: 'notify', state: run.state, item, memberId: '', now: at })
  if (rule !== true) return refused(rule.code, rule.message)
  if (notice === null) return refused('no_notice', 'No notice stands here. Send it first.')
  if (notice.expiresAt <= at)
    return refused(
      'notice_expired',
      `The links of this notice stopped working at ${formatUtcTime(notice.expiresAt)}. Send a new notice.`,
    )
  const missing = receivers.filter(
    ({ id, acknowledged }) => !acknowledged && (asked === 'all' || asked.includes(id)),
  )
  const ready = missing.filter(({ state }) => state !== 'queued' && state !== 'sending')
  if (ready.length === 0)
    return missing.length > 0
      ? { kind: 'unchanged', value: { receivers: 0 } }
      : refused('nobody_to_remind', 'Everybody who was asked has acknowledged.')
  return {
    kind: 'changed',
    change: {
      teamId,
      runId: run.id,
      at: now,
      deliveries: ready.map(({ id, number }) => ({ id: newId(), receiverId: id, number: number + 1 })),
    },
    value: { receivers: ready.length },
    entries: [
      {
        action: 'run.notice_reminded',
        data: { key: item.key, noticeId: notice.id, receivers: ready.map(({ id }) => id) },
      },
    ],
  }
}
