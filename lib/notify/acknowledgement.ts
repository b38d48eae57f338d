import type { Release, RuleItem, RuleRun } from '#lib/runs/run-facts.ts'
import { stageObstacle } from '#lib/runs/stage-openness.ts'
import { formatUtc } from '#lib/shared/time.ts'

/** One receiver's link with what it leads to. Times are milliseconds. */
export type Link = {
  run: RuleRun
  item: RuleItem
  notice: {
    id: string
    sentBy: { memberId: string; name: string }
    sentAt: number
    expiresAt: number
    need: 'one' | 'all'
    release: Release
  }
  receiver: {
    id: string
    label: string
    /** Whose own mailbox the link was sent to. */
    member: { memberId: string; name: string } | null
    /** It was a member's mailbox, and they are one no longer. */
    hasLeft: boolean
    acknowledged: { name: string; at: number } | null
  }
}

/** Why a link acknowledges nothing (any more), and what to do about it. */
export type Closed = { code: ClosedCode; title: string; advice: string }
export type ClosedCode =
  | 'unknown'
  | 'acknowledged'
  | 'run_over'
  | 'other_release'
  | 'replaced'
  | 'taken_back'
  | 'not_applicable'
  | 'expired'
  | 'has_left'
  | 'stage_closed'

export const UNKNOWN_LINK: Closed = {
  code: 'unknown',
  title: 'This link is not known here.',
  advice:
    'Check that you copied all of it. If it came in a letter, ask whoever sent the letter for a new one.',
}

const releaseWords = ({ version, commit }: Release): string => `${version} (${commit.slice(0, 7)})`

const isSameRelease = (one: Release, other: Release): boolean =>
  one.version === other.version && one.commit === other.commit && one.artifactDigest === other.artifactDigest

/** Null while the link can still acknowledge. */
export function closedBecause({ link, now }: { link: Link; now: number }): Closed | null {
  const { run, item, notice, receiver } = link
  const sender = notice.sentBy.name
  if (receiver.acknowledged) {
    const { name, at } = receiver.acknowledged
    return {
      code: 'acknowledged',
      title: `${name} acknowledged this on ${formatUtc(at)}.`,
      advice: 'There is nothing left to do.',
    }
  }
  const over = stageObstacle({ state: run.state, item })
  if (['closed', 'aborted', 'rolled_back'].includes(run.state))
    return {
      code: 'run_over',
      title: 'This run is over.',
      advice: 'Nobody waits for your word any more; there is nothing left to do.',
    }
  if (!isSameRelease(notice.release, run.release))
    return {
      code: 'other_release',
      title: `This notice named another release: ${releaseWords(notice.release)}.`,
      advice: `The run is about ${releaseWords(run.release)} now. ${sender} can send you a notice of that.`,
    }
  if (item.fold.notApplicable)
    return {
      code: 'not_applicable',
      title: 'This item was marked as not applicable.',
      advice: 'Nobody waits for your word; there is nothing left to do.',
    }
  if (item.fold.notice === undefined)
    return {
      code: 'taken_back',
      title: 'This notice was taken back.',
      advice: `If you should still know of it, ${sender} sends you a new one.`,
    }
  if (item.fold.notice.id !== notice.id)
    return {
      code: 'replaced',
      title: 'A newer notice has replaced this one.',
      advice: 'Use the link of the newest letter.',
    }
  if (receiver.hasLeft)
    return {
      code: 'has_left',
      title: 'This link was sent to somebody who has left the team.',
      advice: `Their word no longer counts; ${sender} can tell somebody else.`,
    }
  if (notice.expiresAt <= now)
    return {
      code: 'expired',
      title: `This link stopped working on ${formatUtc(notice.expiresAt)}.`,
      advice: `Ask ${sender} for a new notice.`,
    }
  if (over !== null)
    return {
      code: 'stage_closed',
      title: 'Your word can no longer be counted.',
      advice: `${over} Tell ${sender} yourself.`,
    }
  return null
}

/** Whether, with one more, the notice has as many acknowledgements as it needs. */
export function isMet({
  need,
  receivers,
  acknowledged,
}: {
  need: 'one' | 'all'
  receivers: number
  /** Before this one. */
  acknowledged: number
}): boolean {
  return acknowledged + 1 >= (need === 'all' ? receivers : 1)
}
