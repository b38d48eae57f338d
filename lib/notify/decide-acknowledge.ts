import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { Acknowledger, Evidence } from '#lib/runs/evidence.ts'
import { advance, named, type RunItemsChange, type Standing, staledBy } from '#lib/runs/item-change.ts'
import { closedBecause, isMet, type Link } from './acknowledgement.ts'

export type AcknowledgeFacts = Facts & {
  teamId: string
  link: Link
  /** How many receivers the notice has, and how many of them have acknowledged. */
  receivers: number
  acknowledged: number
  /** Standing signatures whose scope holds the item. */
  covering: Standing[]
  /** Who is signed in, when that is an active member of the run's team. */
  viewer: { memberId: string; name: string } | null
}

export type AcknowledgeChange = RunItemsChange & {
  receiverId: string
  name: string
  memberId: string | null
}

export type Acknowledged = { name: string; at: number; met: boolean }

const NAME_NEEDED = 'Type your name: the record says who acknowledged.'

/** Whose word it is: who is signed in, else whose mailbox the link was sent to, else the name that is typed. */
export function acknowledger({
  viewer,
  member,
  typed,
}: {
  viewer: AcknowledgeFacts['viewer']
  member: Link['receiver']['member']
  typed: string | null
}): Acknowledger | null {
  const known = viewer ?? member
  if (known) return { memberId: known.memberId, name: known.name }
  return typed === null ? null : { memberId: null, name: typed }
}

/** A receiver's word that they know. It ticks the item when the notice has as many words as it needs. */
export function decideAcknowledge(
  facts: AcknowledgeFacts,
  { name: typed }: { name: string | null },
  { now, seq, newId, write }: DecideContext,
): Decision<AcknowledgeChange, Acknowledged> {
  const { teamId, link, viewer } = facts
  const { run, item, notice, receiver } = link
  const at = now.getTime()
  const closed = closedBecause({ link, now: at })
  if (closed) return refused(`link_${closed.code}`, `${closed.title} ${closed.advice}`)
  const by = acknowledger({ viewer, member: receiver.member, typed })
  if (by === null) return refused('name_needed', NAME_NEEDED, { fields: { name: NAME_NEEDED } })

  const { need } = notice
  const met = isMet({ need, receivers: facts.receivers, acknowledged: facts.acknowledged })
  const row: Evidence = { kind: 'acknowledgement', by, at, noticeId: notice.id, to: receiver.label, met }
  const { after, change } = advance({ item, row, seq: seq + 1, evidenceId: newId() })
  const because = `${by.name} acknowledged ${named(item)}`
  const { stale, entries } = staledBy({ run, covering: facts.covering, before: item, after, because })
  return {
    kind: 'changed',
    change: {
      teamId,
      runId: run.id,
      at: now,
      items: [change],
      stale,
      receiverId: receiver.id,
      name: by.name,
      memberId: by.memberId,
    },
    value: { name: by.name, at, met },
    entries: [
      {
        action: 'run.notice_acknowledged',
        data: {
          key: item.key,
          version: after.version,
          noticeId: notice.id,
          receiverId: receiver.id,
          memberId: by.memberId,
          name: by.memberId === null ? write(by.name) : null,
          signedIn: viewer !== null,
          met,
        },
      },
      ...entries,
    ],
  }
}
