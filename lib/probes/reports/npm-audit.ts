import type { FindingsFacts, SeverityCounts } from './facts.ts'
import type { JsonObject } from './json.ts'
import type { JsonFormat } from './json-format.ts'
import {
  countIn,
  isObject,
  listIn,
  Misshapen,
  numberIn,
  objectIn,
  tableIn,
  textIn,
  valuesIn,
} from './json-shape.ts'
import { severityOf, Tally } from './severity.ts'
import { keptName, keptOrNull, keptText } from './texts.ts'

/**
 * `npm audit --json`: of npm 7 and later (`auditReportVersion` 2) one finding is one package of `vulnerabilities`, as npm counts
 * them; of npm 6, and of pnpm, one of `advisories`.
 */
export const npmAudit: JsonFormat = {
  format: 'npm-audit',
  isThis: (root) =>
    root.is === 'object' &&
    (root.members.has('auditReportVersion') ||
      (isObject(root.members.get('metadata')) && root.members.has('advisories')) ||
      isFailure(root)),
  read(root): FindingsFacts {
    if (!isObject(root)) throw new Misshapen(root.at, 'this is not npm audit')
    if (isFailure(root)) {
      const said = textIn(objectIn(root, 'error'), 'summary') || textIn(root, 'message') || 'without a reason'
      throw new Misshapen(root.at, `npm audit did not look: ${keptText(said)}`)
    }
    const metadata = objectIn(root, 'metadata')
    if (metadata === null) throw new Misshapen(root.at, '"metadata" is missing')
    return root.members.has('auditReportVersion') ? sinceSeven(root, metadata) : ofSix(root, metadata)
  },
}

/** What npm prints when it could not ask the registry. */
function isFailure(root: JsonObject): boolean {
  return (
    isObject(root.members.get('error')) &&
    !root.members.has('vulnerabilities') &&
    !root.members.has('advisories')
  )
}

function sinceSeven(root: JsonObject, metadata: JsonObject): FindingsFacts {
  const version = numberIn(root, 'auditReportVersion')
  if (version !== '2')
    throw new Misshapen(root.at, `auditReportVersion 2 is read, this is ${keptName(version ?? '')}`)
  const packages = tableIn(root, 'vulnerabilities')
  if (packages === null) throw new Misshapen(root.at, '"vulnerabilities" is missing')
  const dependencies = objectIn(metadata, 'dependencies')
  const tally = new Tally()
  for (const [name, entry] of packages) {
    const [advisory] = (valuesIn(entry, 'via') ?? []).filter(isObject)
    const url = textIn(advisory ?? null, 'url')
    tally.add({
      id: keptName(/GHSA-[\w-]+$/.exec(url ?? '')?.[0] ?? numberIn(advisory ?? null, 'source') ?? name),
      severity: severityOf(textIn(entry, 'severity')),
      package: keptName(name),
      version: keptOrNull(textIn(entry, 'range')),
      fixedIn: fixOf(entry),
      title: keptOrNull(textIn(advisory ?? null, 'title')),
      where: null,
    })
  }
  return {
    ...whole(tally, 'npm audit'),
    scanned: lookedAt(metadata, dependencies && countIn(dependencies, 'total'), 'dependencies.total'),
    disagreements: differences(objectIn(metadata, 'vulnerabilities'), tally.counts),
  }
}

function fixOf(entry: JsonObject): string | null {
  const fix = entry.members.get('fixAvailable')
  if (!isObject(fix)) return null
  return keptOrNull(`${textIn(fix, 'name') ?? ''} ${textIn(fix, 'version') ?? ''}`)
}

function ofSix(root: JsonObject, metadata: JsonObject): FindingsFacts {
  const tally = new Tally()
  for (const [key, entry] of tableIn(root, 'advisories') ?? []) {
    const [found] = listIn(entry, 'findings') ?? []
    tally.add({
      id: keptName(textIn(entry, 'github_advisory_id') ?? key),
      severity: severityOf(textIn(entry, 'severity')),
      package: keptOrNull(textIn(entry, 'module_name')),
      version: keptOrNull(textIn(found ?? null, 'version')),
      fixedIn: keptOrNull(textIn(entry, 'patched_versions')),
      title: keptOrNull(textIn(entry, 'title')),
      where: null,
    })
  }
  // Its own totals count every path to a package, so they cannot be compared; only that there is something.
  const stated = objectIn(metadata, 'vulnerabilities')
  const some = stated !== null && [...stated.members.keys()].some((name) => (countIn(stated, name) ?? 0) > 0)
  const none = Object.values(tally.counts).every((count) => count === 0)
  return {
    ...whole(tally, 'npm audit'),
    scanned: lookedAt(
      metadata,
      countIn(metadata, 'totalDependencies') ?? countIn(metadata, 'dependencies'),
      'totalDependencies',
    ),
    suppressed: (valuesIn(root, 'muted') ?? []).length,
    disagreements: some && none ? ['vulnerabilities are counted and none is listed'] : [],
  }
}

/** An empty list of vulnerabilities proves something only where it is said among how many packages they were looked for. */
function lookedAt(metadata: JsonObject, count: number | null, name: string): number {
  if (count !== null) return count
  throw new Misshapen(metadata.at, `"metadata" does not say how many packages were looked at ("${name}")`)
}

function whole(tally: Tally, tool: string) {
  const { counts } = tally
  return { meaning: 'findings' as const, tool, unscanned: 0, counts, suppressed: 0, first: tally.first() }
}

const NAMES = { critical: 'critical', high: 'high', medium: 'moderate', low: 'low', info: 'info' } as const

function differences(stated: JsonObject | null, counts: SeverityCounts): string[] {
  if (stated === null) return []
  return Object.entries(NAMES).flatMap(([severity, name]) => {
    const said = countIn(stated, name)
    const counted = counts[severity as keyof typeof NAMES]
    return said === null || said === counted ? [] : [`${name}: ${said} stated, ${counted} listed`]
  })
}
