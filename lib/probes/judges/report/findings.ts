import type { AnyCheck } from '#lib/probes/checks.ts'
import { type Found, implied, type JudgedCondition, judgeCheck } from '#lib/probes/judged.ts'
import type { FindingsFacts } from '#lib/probes/reports/facts.ts'
import { counted } from '#lib/shared/words.ts'
import { plain } from './readings.ts'
import { isRated, judgeSeverity, totalOf } from './severities.ts'

/** What goes without saying: something was looked at, all of it was, and the file is not at odds with itself. */
export function judgeFindings(facts: FindingsFacts, checks: readonly AnyCheck[]): JudgedCondition[] {
  const judged = checks.map((check) =>
    isRated(check) ? judgeSeverity(check, facts) : judgeCheck(check, foundOf(check, facts)),
  )
  const unscannedSaid = checks.some(({ on }) => on === 'unscanned')
  const [odd] = facts.disagreements
  return [
    ...judged,
    ...(facts.scanned === 0
      ? [implied({ text: 'scanned', observed: 'nothing was scanned', wanted: 'a scan', value: null })]
      : []),
    ...(facts.unscanned > 0 && !unscannedSaid
      ? [
          implied({
            text: 'unscanned == 0',
            observed: `${facts.unscanned} not scanned`,
            wanted: 'a whole scan',
            value: null,
          }),
        ]
      : []),
    ...(odd === undefined
      ? []
      : [
          implied({
            text: 'totals',
            observed: odd,
            wanted: 'totals that agree with the findings',
            value: null,
          }),
        ]),
  ]
}

function foundOf({ on }: AnyCheck, facts: FindingsFacts): Found {
  switch (on) {
    case 'all': {
      const all = totalOf(facts.counts)
      return { observed: counted({ count: all, one: 'finding' }), quantity: plain(all) }
    }
    case 'suppressed':
      return { observed: `${facts.suppressed} suppressed`, quantity: plain(facts.suppressed) }
    case 'unscanned':
      return { observed: `${facts.unscanned} not scanned`, quantity: plain(facts.unscanned) }
    default:
      return { observed: `${on} not known`, quantity: null }
  }
}
