import type { AnyCheck } from '#lib/probes/checks.ts'
import { type Found, implied, type JudgedCondition, judgeCheck } from '#lib/probes/judged.ts'
import type { ComponentsFacts } from '#lib/probes/reports/facts.ts'
import { counted } from '#lib/shared/words.ts'
import { asksForNone, plain } from './readings.ts'
import { isRated, judgeSeverity, totalOf } from './severities.ts'

/** What goes without saying: the file names components. */
export function judgeComponents(facts: ComponentsFacts, checks: readonly AnyCheck[]): JudgedCondition[] {
  const { vulnerabilities } = facts
  const judged = checks.map((check) =>
    isRated(check) && vulnerabilities !== null
      ? judgeSeverity(check, { counts: vulnerabilities })
      : judgeCheck(check, foundOf(check, facts)),
  )
  return facts.components > 0 || asksForNone(checks, 'components')
    ? judged
    : [
        ...judged,
        implied({ text: 'components', observed: 'no components', wanted: 'a component', value: null }),
      ]
}

function foundOf(
  { on }: AnyCheck,
  { components, unpinned, firstUnpinned, vulnerabilities }: ComponentsFacts,
): Found {
  if (on === 'components')
    return { observed: counted({ count: components, one: 'component' }), quantity: plain(components) }
  if (on === 'unpinned') {
    const [first] = firstUnpinned
    const which = first === undefined ? '' : `: ${first}`
    return { observed: `${unpinned} without a version${which}`, quantity: plain(unpinned) }
  }
  if (vulnerabilities === null) return { observed: 'no list of vulnerabilities', quantity: null }
  if (on !== 'vulnerabilities') return { observed: `${on} not known`, quantity: null }
  const all = totalOf(vulnerabilities)
  return {
    observed: counted({ count: all, one: 'vulnerability', many: 'vulnerabilities' }),
    quantity: plain(all),
  }
}
