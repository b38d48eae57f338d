import { firstOf, isBy, nameOf, short, unknown } from './forge-words.ts'
import type { Found } from './judged.ts'
import type {
  ForgeCheckRun,
  ForgeObservation,
  ForgePull,
  RequiredChecks,
  WantedCheck,
} from './observations/forge.ts'

type Counted = { words: string; is: 'green' | 'skipped' | 'open' | 'failed' }

/**
 * What failed is a failure. What did not report, is under way, or was reported by another program than the rules want is unknown, as it is where
 * something of the rules could not be read, where they want nothing, and where all was skipped: a commit that nothing checked is not green.
 */
export function requiredChecksGreen(pull: ForgePull, seen: ForgeObservation): Found {
  const required = seen.required?.checks ?? null
  if (required === null) return unknown('which checks are required is not known')
  const { of, wanted, unread } = required
  const counted = wanted.map((one) => countOf(one, required.reports))
  const failed = counted.filter(({ is }) => is === 'failed')
  const words = (some: readonly Counted[]) =>
    firstOf(
      some.map((one) => one.words),
      3,
    )
  const count = `${wanted.length} required by ${of}`
  if (failed.length > 0)
    return { observed: `${failed.length} of ${count} failed: ${words(failed)}`, value: false }
  if (unread.length > 0) return unknown(`what ${of} requires could not be read: ${firstOf(unread, 3)}`)
  if (wanted.length === 0) return unknown(`${of} requires no checks`)
  const open = counted.filter(({ is }) => is === 'open')
  if (open.length > 0)
    return unknown(`${open.length} of ${count} not green: ${words(open)}${elsewhere(pull, seen, required)}`)
  if (counted.every(({ is }) => is === 'skipped')) return unknown(`${count}, all of them skipped`)
  const ofHead = required.reports.some((report) => report.ofHead === true)
  const where = ofHead ? `, some for the last commit of ${nameOf(pull, seen)}, whose content is the same` : ''
  return { observed: `${count} green: ${words(counted)}${where}`, value: true }
}

/** A commit that a request was merged as has another content than its last one when its branch had moved on. */
function elsewhere(pull: ForgePull, seen: ForgeObservation, { headIsSame }: RequiredChecks): string {
  return headIsSame === false
    ? `; ${short(pull.head)}, the last commit of ${nameOf(pull, seen)}, has other content than ${short(seen.commit)}`
    : ''
}

function countOf(wanted: WantedCheck, reports: readonly ForgeCheckRun[]): Counted {
  const { name } = wanted
  const named = reports.filter((report) => report.name === name)
  const own = named.filter((report) => isBy(report, wanted))
  if (own.length === 0)
    return {
      words: named.length === 0 ? `${name} has not reported` : `${name} was reported by ${others(named)}`,
      is: 'open',
    }
  const said = [...new Set(own.map((report) => report.said))].join(', ')
  const words = `${name} (${said})`
  const has = (state: ForgeCheckRun['state']) => own.some((report) => report.state === state)
  if (has('failure')) return { words, is: 'failed' }
  if (has('pending')) return { words, is: 'open' }
  return { words, is: has('success') ? 'green' : 'skipped' }
}

function others(reports: readonly ForgeCheckRun[]): string {
  const names = [...new Set(reports.map(({ app }) => app?.name ?? 'somebody who is not named'))]
  return `${names.join(', ')}, not by the program that has to`
}
