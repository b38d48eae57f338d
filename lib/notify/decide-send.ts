import { isMember } from '#lib/access/actor.ts'
import type { DecideContext, Decision } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { ItemView } from '#lib/runs/board.ts'
import { type ItemFacts, lostRace } from '#lib/runs/decide-item.ts'
import type { Evidence } from '#lib/runs/evidence.ts'
import { advance, named, type RunItemsChange, staledBy } from '#lib/runs/item-change.ts'
import { itemRule } from '#lib/runs/item-rules.ts'
import { itemView } from '#lib/runs/item-view.ts'
import type { SentNotice } from '#lib/runs/notice-view.ts'
import { letterText, NOTICE_DAYS, type NoticeAbout, noticeBody, noticeSubject } from './notice-text.ts'
import type { Receiver } from './receivers.ts'

/** A receiver with the id and the hash of the link that it would get. */
export type OfferedReceiver = Receiver & { id: string; tokenHash: Uint8Array<ArrayBuffer> }

export type SendFacts = ItemFacts & { about: NoticeAbout; receivers: OfferedReceiver[] }

/** `receivers`: labels, as the sender saw them. */
export type SendInput = { version: number; message: string; receivers: string[] }

export type NewNotice = {
  id: string
  teamId: string
  runId: string
  itemId: string
  sentBy: string
  sentByName: string
  sentAt: Date
  need: 'one' | 'all'
  subject: string
  messageId: string
  version: string
  commit: string
  artifactDigest: string | null
  expiresAt: Date
}

export type SendChange = RunItemsChange & {
  notice: NewNotice
  receivers: Omit<OfferedReceiver, 'problem'>[]
  deliveries: { id: string; receiverId: string }[]
}

/**
 * Sends the notice of an item to everybody who can be told. The sender saw to whom: when that is no longer so, nothing is
 * sent. Nothing counts yet; the item is ticked by those who acknowledge.
 */
export function decideSend(
  facts: SendFacts,
  input: SendInput,
  { actor, now, seq, newId, write }: DecideContext,
): Decision<SendChange, ItemView> {
  if (!isMember(actor)) return refused('forbidden', 'Only a member of the team does this.')
  const { run, item, about, receivers, teamId } = facts
  const at = now.getTime()
  const { memberId } = actor.team
  if (input.version !== item.version) return lostRace({ facts, actor, now: at })
  const rule = itemRule({ act: 'notify', state: run.state, item, memberId, now: at })
  if (rule !== true) return refused(rule.code, rule.message)
  const obstacle = receiversObstacle({ need: item.notice?.need ?? 'one', receivers, seen: input.receivers })
  if (obstacle) return refused(obstacle.code, obstacle.message)

  const told = receivers.filter(({ problem }) => problem === null)
  const subject = noticeSubject(about)
  const body = noticeBody({ about, message: input.message, by: actor.name, at })
  const kept = write(letterText({ to: told.map(({ label }) => label), subject, body }))
  const by = { memberId, name: actor.name }
  const noticeId = newId()
  const row: Evidence = { kind: 'notice', by, at, noticeId }
  const { after, change } = advance({ item, row, seq: seq + 1, evidenceId: newId() })
  const because = `${actor.name} sent the notice of ${named(item)}`
  const { stale, entries } = staledBy({ run, covering: facts.covering, before: item, after, because })
  const need = item.notice?.need ?? 'one'
  const expiresAt = new Date(at + NOTICE_DAYS * 86_400_000)
  const sent = sentView({ noticeId, by: actor.name, at, expiresAt, subject, about, told })
  return {
    kind: 'changed',
    change: {
      teamId,
      runId: run.id,
      at: now,
      items: [change],
      stale,
      notice: {
        id: noticeId,
        teamId,
        runId: run.id,
        itemId: item.id,
        sentBy: memberId,
        sentByName: actor.name,
        sentAt: now,
        need,
        subject,
        messageId: kept.textId,
        ...run.release,
        expiresAt,
      },
      receivers: told.map(({ problem: _, ...receiver }) => receiver),
      deliveries: told.map(({ id }) => ({ id: newId(), receiverId: id })),
    },
    value: itemView({
      actor,
      state: run.state,
      item: after,
      texts: facts.texts,
      attempt: facts.attempt,
      sent,
      now: at,
    }),
    entries: [
      {
        action: 'run.notice_sent',
        data: {
          key: item.key,
          version: after.version,
          noticeId,
          receivers: told.map(({ id, channel, memberId: whose }) => ({
            receiverId: id,
            channel,
            memberId: whose,
          })),
          need,
          message: kept,
          release: { ...run.release },
          expiresAt: expiresAt.getTime(),
        },
      },
      ...entries,
    ],
  }
}

function receiversObstacle({
  need,
  receivers,
  seen,
}: {
  need: 'one' | 'all'
  receivers: readonly Receiver[]
  seen: readonly string[]
}): { code: string; message: string } | null {
  const ready = receivers.filter(({ problem }) => problem === null).map(({ label }) => label)
  const problems = receivers.flatMap(({ problem }) => (problem === null ? [] : [problem]))
  if (ready.length === 0)
    return { code: 'nobody_to_notify', message: problems.join(' ') || 'There is nobody to notify.' }
  if (need === 'all' && problems.length > 0)
    return {
      code: 'not_all_reached',
      message: `Everybody has to acknowledge this, and not everybody can be told. ${problems.join(' ')}`,
    }
  if (ready.length !== seen.length || ready.some((label, place) => label !== seen[place]))
    return {
      code: 'receivers_changed',
      message: `The receivers changed while you were looking; nothing was sent. Now they are: ${ready.join(', ')}.`,
    }
  return null
}

function sentView({
  noticeId,
  by,
  at,
  expiresAt,
  subject,
  about,
  told,
}: {
  noticeId: string
  by: string
  at: number
  expiresAt: Date
  subject: string
  about: NoticeAbout
  told: readonly OfferedReceiver[]
}): SentNotice {
  const waiting = {
    state: 'queued',
    attempts: 0,
    number: 1,
    words: null,
    at: null,
    nextAt: at,
    acknowledgedBy: null,
    acknowledgedAt: null,
  } as const
  return {
    id: noticeId,
    by,
    at,
    expiresAt: expiresAt.getTime(),
    subject,
    version: about.release.version,
    receivers: told.map(({ id, channel, label }) => ({ id, channel, label, ...waiting })),
  }
}
