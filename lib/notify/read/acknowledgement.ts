import type { Actor } from '#lib/access/actor.ts'
import { type Closed, closedBecause, UNKNOWN_LINK } from '#lib/notify/acknowledgement.ts'
import { spendGuess, viewerOf } from '#lib/notify/commands/acknowledge-notice.ts'
import { loadLink } from '#lib/notify/commands/load-link.ts'
import { acknowledger } from '#lib/notify/decide-acknowledge.ts'
import { db } from '#lib/server/db.ts'
import { secretHash } from '#lib/server/ids.ts'

/** What the holder of a link sees: the link itself is the right to see it. Times are milliseconds. */
export type AcknowledgementView =
  | { state: 'closed'; closed: Closed; about: About | null }
  | {
      state: 'open'
      about: About
      /** Who acknowledges, where that is known; else a name is asked for. */
      as: string | null
    }

export type About = {
  team: string
  service: string
  environment: string
  number: number
  version: string
  commit: string
  item: string
  sentBy: string
  sentAt: number
  to: string
  expiresAt: number
  stage: string
}

const TOO_MANY: Closed = {
  code: 'unknown',
  title: 'Too many links that are none.',
  advice: 'Wait ten minutes, then open the link from the letter again.',
}

/** Looks and changes nothing: mail scanners and previews open links too. */
export async function getAcknowledgement(
  actor: Actor,
  { token, now }: { token: string; now: number },
): Promise<AcknowledgementView> {
  const found = await loadLink(db(), secretHash(token))
  if (!found) {
    const { tooMany } = await spendGuess(actor)
    return { state: 'closed', closed: tooMany ? TOO_MANY : UNKNOWN_LINK, about: null }
  }
  const { link, team, service, environment, number, teamId } = found
  const { notice, item, receiver } = link
  const about = {
    team,
    service,
    environment,
    number,
    version: notice.release.version,
    commit: notice.release.commit,
    item: item.text,
    stage: item.stage,
    sentBy: notice.sentBy.name,
    sentAt: notice.sentAt,
    to: receiver.label,
    expiresAt: notice.expiresAt,
  }
  const closed = closedBecause({ link, now })
  if (closed) return { state: 'closed', closed, about }
  const viewer = await viewerOf(actor, teamId)
  const by = acknowledger({ viewer, member: receiver.member, typed: null })
  return { state: 'open', about, as: by?.name ?? null }
}
