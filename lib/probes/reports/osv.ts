import type { FindingsFacts, Severity } from './facts.ts'
import type { JsonObject } from './json.ts'
import type { JsonFormat } from './json-format.ts'
import { isList, isObject, listIn, Misshapen, numberIn, objectIn, textIn, valuesIn } from './json-shape.ts'
import { severityOf, severityOfScore, Tally, worst } from './severity.ts'
import { keptName, keptOrNull } from './texts.ts'

/**
 * OSV-Scanner (`--format json`). One finding is one group of a package, which joins the ids of one vulnerability; its severity is the
 * group's highest score, else the word of the advisory.
 */
export const osv: JsonFormat = {
  format: 'osv',
  // Other tools have `results` too, and theirs would be read as none: every word must be known, and an empty list alone is no proof.
  isThis: (root) =>
    root.is === 'object' &&
    root.members.has('results') &&
    [...root.members.keys()].every((name) => NAMES.includes(name)) &&
    (root.members.has('experimental_config') || (listIn(root, 'results') ?? []).some(isOfPackages)),
  read(root): FindingsFacts {
    if (!isObject(root)) throw new Misshapen(root.at, 'this is not OSV-Scanner')
    const tally = new Tally()
    for (const result of listIn(root, 'results') ?? []) {
      const where = keptOrNull(textIn(objectIn(result, 'source'), 'path'))
      for (const found of listIn(result, 'packages') ?? []) readPackage(found, { tally, where })
    }
    return {
      meaning: 'findings',
      tool: 'OSV-Scanner',
      // Packages without a finding are not listed, unless they were asked for.
      scanned: null,
      unscanned: 0,
      counts: tally.counts,
      suppressed: 0,
      disagreements: [],
      first: tally.first(),
    }
  },
}

const NAMES = [
  'results',
  'artifacts',
  'experimental_config',
  'experimental_generic_findings',
  'image_metadata',
  'license_summary',
]

function isOfPackages(result: JsonObject): boolean {
  return isList(result.members.get('packages')) && isObject(result.members.get('source'))
}

function readPackage(found: JsonObject, { tally, where }: { tally: Tally; where: string | null }): void {
  const about = objectIn(found, 'package')
  const advisories = new Map(
    (listIn(found, 'vulnerabilities') ?? []).map((one) => [textIn(one, 'id') ?? 'no id', one]),
  )
  const groups = (listIn(found, 'groups') ?? []).map((group) => ({
    ids: (valuesIn(group, 'ids') ?? []).filter((id) => typeof id === 'string'),
    score: numberIn(group, 'max_severity'),
  }))
  const grouped = new Set(groups.flatMap(({ ids }) => ids))
  const alone = [...advisories.keys()]
    .filter((id) => !grouped.has(id))
    .map((id) => ({ ids: [id], score: null }))
  for (const { ids, score } of [...groups, ...alone]) {
    const said = ids.flatMap((id) => advisories.get(id) ?? [])
    tally.add({
      id: keptName(ids[0] ?? 'no id'),
      severity: severityOfScore(score) ?? worst(said.map(wordOf)),
      package: keptOrNull(textIn(about, 'name')),
      version: keptOrNull(textIn(about, 'version')),
      fixedIn: null,
      title: keptOrNull(textIn(said[0] ?? null, 'summary')),
      where,
    })
  }
}

function wordOf(advisory: JsonObject): Severity {
  return severityOf(textIn(objectIn(advisory, 'database_specific'), 'severity'))
}
