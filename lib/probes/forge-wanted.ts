import { isBy } from './forge-words.ts'
import type { ForgeCheckRun, WantedCheck } from './observations/forge.ts'

/** What has to be green before a merge, as far as it could be read. */
export type Required = { wanted: WantedCheck[]; unread: string[] }

/** Each check of one name and program once, with all that wants it. */
export function joined(wanted: readonly WantedCheck[]): WantedCheck[] {
  const groups = Map.groupBy(wanted, ({ name, app }) => JSON.stringify([name, app]))
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined
      ? []
      : [{ ...first, rule: [...new Set([first, ...rest].map(({ rule }) => rule))].join(' and ') }],
  )
}

/** A report with what orders it: a status and a check of one name have to be good both. */
export type Report = { kind: 'check' | 'status'; id: number; is: ForgeCheckRun }

/** Of several reports of one name by one program the newest, as the forge itself counts: what ran again counts anew. */
export function lastReports(reports: readonly Report[]): ForgeCheckRun[] {
  const groups = Map.groupBy(reports, ({ kind, is }) => JSON.stringify([kind, is.name, is.app?.id ?? null]))
  return [...groups.values()].flatMap((group) => {
    const [last] = group.toSorted((one, other) => other.id - one.id)
    return last === undefined ? [] : [last.is]
  })
}

/**
 * What was reported of the wanted checks: for the commit, and where that was nothing, for the last commit of the request,
 * whose reports are handed in only if its content is the same. Those of other programs are kept too, to be told.
 */
export function reportsOf(
  wanted: readonly WantedCheck[],
  { own, head }: { own: readonly ForgeCheckRun[]; head: readonly ForgeCheckRun[] },
): ForgeCheckRun[] {
  const found = wanted.flatMap((one) => {
    const named = (reports: readonly ForgeCheckRun[]) => reports.filter(({ name }) => name === one.name)
    const here = named(own)
    const there = named(head).filter((report) => isBy(report, one))
    return here.some((report) => isBy(report, one)) || there.length === 0 ? here : there
  })
  return [...new Set(found)]
}
