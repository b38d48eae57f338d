import { formatUtcTime } from '#lib/shared/time.ts'
import type { EvidenceKind } from './evidence.ts'

/** The last evidence row of an item. */
export type LastRow = {
  kind: EvidenceKind
  memberId: string | null
  name: string
  at: number
  verdict: string | null
}

const DID: Record<Exclude<EvidenceKind, 'observation' | 'shadow'>, string> = {
  tick: 'ticked this',
  untick: 'took the mark off this',
  fail: 'failed this',
  not_applicable: 'marked this n/a',
  verify_not_applicable: 'checked the n/a of this',
  witness: 'witnessed this',
  note: 'wrote a note here',
  notice: 'sent the notice of this',
  acknowledgement: 'acknowledged this',
  attach: 'attached something here',
  withdraw: 'withdrew an attachment here',
  void: 'corrected the release',
}

/** Whose act stands, in words for the later one: `Bo Lind ticked this at 14:02 UTC.` */
export function lostRaceWords({ last, memberId }: { last: LastRow | null; memberId: string }): string {
  if (!last) return 'This item changed while you were looking at it.'
  const at = formatUtcTime(last.at)
  if (last.kind === 'observation' || last.kind === 'shadow')
    return `A probe reported ${last.verdict ?? 'something'} at ${at}.`
  return `${last.memberId === memberId ? 'You' : last.name} ${DID[last.kind]} at ${at}.`
}
