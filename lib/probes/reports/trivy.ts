import type { FindingsFacts } from './facts.ts'
import type { JsonObject } from './json.ts'
import type { JsonFormat } from './json-format.ts'
import { isObject, listIn, Misshapen, numberIn, objectIn, textIn } from './json-shape.ts'
import { severityOf, Tally } from './severity.ts'
import { keptName, keptOrNull } from './texts.ts'

/** Trivy (`--format json`, schema 2): vulnerabilities, failed checks of configurations, secrets and licences are findings alike. */
export const trivy: JsonFormat = {
  format: 'trivy',
  isThis: (root) =>
    root.is === 'object' &&
    root.members.has('SchemaVersion') &&
    (root.members.has('ArtifactName') || root.members.has('Results')),
  read(root): FindingsFacts {
    if (!isObject(root)) throw new Misshapen(root.at, 'this is not Trivy')
    const schema = numberIn(root, 'SchemaVersion')
    if (schema !== '2')
      throw new Misshapen(root.at, `SchemaVersion 2 is read, this is ${keptName(schema ?? '')}`)
    const tally = new Tally()
    // Trivy leaves `Results` out where it found nothing that it can look at.
    const results = listIn(root, 'Results') ?? []
    let suppressed = 0
    for (const result of results) {
      const where = textIn(result, 'Target')
      if (where === null || (textIn(result, 'Class') ?? textIn(result, 'Type')) === null)
        throw new Misshapen(
          result.at,
          'a result has to say what was looked at: "Target", and "Class" or "Type"',
        )
      for (const [list, read] of Object.entries(LISTS))
        for (const entry of listIn(result, list) ?? [])
          if (isFinding(list, entry)) tally.add({ ...read(entry), ...common(entry, where) })
      suppressed += (listIn(result, 'ExperimentalModifiedFindings') ?? []).length
    }
    const version = textIn(objectIn(root, 'Trivy'), 'Version')
    return {
      meaning: 'findings',
      tool: keptName(`Trivy ${version ?? ''}`),
      scanned: results.length,
      unscanned: 0,
      counts: tally.counts,
      ...(results.length > 0 && results.every(isAside)
        ? { unrated: 'vulnerabilities were not looked for' }
        : {}),
      suppressed,
      disagreements: [],
      first: tally.first(),
    }
  },
}

/** Secrets and licences: rated, and nothing about what the packages are vulnerable to. */
function isAside(result: JsonObject): boolean {
  return ['secret', 'license', 'license-file'].includes(textIn(result, 'Class') ?? '')
}

/** Checks that passed are listed too when they are asked for. */
function isFinding(list: string, entry: JsonObject): boolean {
  return list !== 'Misconfigurations' || (textIn(entry, 'Status') ?? 'FAIL') === 'FAIL'
}

function common(entry: JsonObject, where: string | null) {
  const line = numberIn(entry, 'StartLine')
  return {
    severity: severityOf(textIn(entry, 'Severity')),
    title: keptOrNull(textIn(entry, 'Title')),
    where: keptOrNull(where === null || line === null ? where : `${where}:${line}`),
  }
}

const nothing = { package: null, version: null, fixedIn: null }
const LISTS = {
  Vulnerabilities: (entry: JsonObject) => ({
    id: keptName(textIn(entry, 'VulnerabilityID') ?? 'no id'),
    package: keptOrNull(textIn(entry, 'PkgName')),
    version: keptOrNull(textIn(entry, 'InstalledVersion')),
    fixedIn: keptOrNull(textIn(entry, 'FixedVersion')),
  }),
  Misconfigurations: (entry: JsonObject) => ({
    ...nothing,
    id: keptName(textIn(entry, 'AVDID') ?? textIn(entry, 'ID') ?? 'no id'),
  }),
  Secrets: (entry: JsonObject) => ({ ...nothing, id: keptName(textIn(entry, 'RuleID') ?? 'no id') }),
  Licenses: (entry: JsonObject) => ({
    ...nothing,
    id: keptName(textIn(entry, 'Name') ?? 'no licence'),
    package: keptOrNull(textIn(entry, 'PkgName')),
  }),
} as const
