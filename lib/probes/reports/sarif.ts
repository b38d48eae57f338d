import type { FindingsFacts, Severity } from './facts.ts'
import type { JsonObject } from './json.ts'
import type { JsonFormat } from './json-format.ts'
import {
  countIn,
  isList,
  isObject,
  listIn,
  Misshapen,
  numberIn,
  objectIn,
  textIn,
  valuesIn,
} from './json-shape.ts'
import { REPORT_LIMITS } from './limits.ts'
import { severityOfScore, Tally } from './severity.ts'
import { keptName, keptOrNull, keptText } from './texts.ts'

/**
 * SARIF 2.1.0 (OASIS, sections in brackets). A result counts unless it says that it is none: another `kind` than fail [3.27.9], fixed
 * since the baseline [3.27.24], or suppressed [3.27.23], which is counted apart.
 */
export const sarif: JsonFormat = {
  format: 'sarif',
  isThis: (root) => root.is === 'object' && root.members.has('version') && isList(root.members.get('runs')),
  read(root): FindingsFacts {
    if (!isObject(root)) throw new Misshapen(root.at, 'this is not SARIF')
    const version = textIn(root, 'version')
    if (version !== '2.1.0')
      throw new Misshapen(root.at, `only SARIF 2.1.0 is read, this is ${keptName(version ?? '')}`)
    const runs = listIn(root, 'runs') ?? []
    if (runs.length > REPORT_LIMITS.sarifRuns)
      throw new Misshapen(
        root.at,
        `a file has at most ${REPORT_LIMITS.sarifRuns} runs, this has ${runs.length}`,
      )
    const tally = new Tally()
    let suppressed = 0
    let unscanned = 0
    for (const run of runs) {
      if (!isWhole(run)) unscanned++
      suppressed += readRun(run, tally)
    }
    return {
      meaning: 'findings',
      tool: [...new Set(runs.map(toolOf))].join(', ') || null,
      tools: [...new Set(runs.map((run) => keptName(nameOf(run))))].sort(),
      scanned: runs.length,
      unscanned,
      counts: tally.counts,
      ...(runs.every(ratesSecurity) ? {} : { unrated: 'security is not rated' }),
      suppressed,
      disagreements: [],
      first: tally.first(),
    }
  },
}

/** Without results the tool did not look [3.14.23]; an invocation says whether it came to its end [3.20.14]. */
function isWhole(run: JsonObject): boolean {
  const broken = (listIn(run, 'invocations') ?? []).some(
    (invocation) => invocation.members.get('executionSuccessful') === false,
  )
  return !broken && listIn(run, 'results') !== null
}

const driverOf = (run: JsonObject) => objectIn(objectIn(run, 'tool'), 'driver')

function nameOf(run: JsonObject): string {
  return textIn(driverOf(run), 'name') ?? 'unnamed tool'
}

function toolOf(run: JsonObject): string {
  const driver = driverOf(run)
  const version = textIn(driver, 'semanticVersion') ?? textIn(driver, 'version') ?? ''
  return keptName(`${nameOf(run)} ${version}`)
}

/**
 * Does anything in the run say how bad something is for security, by a score or as GitHub's tag does? A linter's clean run does not
 * say that nothing is critical. Nor does a clean run whose rules are left out: nobody can tell it from the linter's.
 */
function ratesSecurity(run: JsonObject): boolean {
  const rated = [...partsOf(run).flat(), ...(listIn(run, 'results') ?? [])]
  return rated.some((one) => {
    const tags = valuesIn(objectIn(one, 'properties'), 'tags') ?? []
    return severityOfScore(scoreOf(one)) !== null || tags.includes('security')
  })
}

/** How many of its results are suppressed. */
function readRun(run: JsonObject, tally: Tally): number {
  const results = listIn(run, 'results') ?? []
  if (results.length > REPORT_LIMITS.sarifResults)
    throw new Misshapen(
      run.at,
      `a run has at most ${REPORT_LIMITS.sarifResults} results, this has ${results.length}`,
    )
  const rules = rulesOf(run)
  let suppressed = 0
  for (const result of results) {
    const kind = textIn(result, 'kind') ?? 'fail'
    if (['pass', 'notApplicable', 'informational'].includes(kind)) continue
    if (textIn(result, 'baselineState') === 'absent') continue
    if (isSuppressed(result)) {
      suppressed++
      continue
    }
    const rule = rules(result)
    tally.add({
      id: keptName(textIn(result, 'ruleId') ?? textIn(rule, 'id') ?? 'no rule'),
      // What is open or to be reviewed [3.27.9] was not decided, so nobody can say how bad it is.
      severity: kind === 'fail' ? severityIn(result, rule) : 'unknown',
      package: null,
      version: null,
      fixedIn: null,
      title: titleOf(result, rule),
      where: whereOf(result),
    })
  }
  return suppressed
}

function isSuppressed(result: JsonObject): boolean {
  const suppressions = listIn(result, 'suppressions') ?? []
  return (
    suppressions.length > 0 &&
    suppressions.every((one) => (textIn(one, 'status') ?? 'accepted') === 'accepted')
  )
}

/** The rules of the driver, then those of each extension. */
function partsOf(run: JsonObject): JsonObject[][] {
  const extensions = listIn(objectIn(run, 'tool'), 'extensions') ?? []
  return [driverOf(run), ...extensions].map((part) => listIn(part, 'rules') ?? [])
}

/** Finds the rule of a result by its place in the driver or an extension, or by its id [3.52.4]. */
function rulesOf(run: JsonObject): (result: JsonObject) => JsonObject | null {
  const parts = partsOf(run)
  const byId = new Map(parts.flat().map((rule) => [textIn(rule, 'id'), rule]))
  return (result) => {
    const named = objectIn(result, 'rule')
    const index = countOrNull(result, 'ruleIndex') ?? countOrNull(named, 'index')
    const component = countOrNull(objectIn(named, 'toolComponent'), 'index')
    const rules = parts[component === null ? 0 : component + 1]
    const found = index === null ? undefined : rules?.[index]
    const id = textIn(result, 'ruleId') ?? textIn(named, 'id')
    // A rule that a result names by its id and not by its place is that one; `a/b` is a kind of the rule `a` [3.52.4].
    const idOf = (rule: JsonObject | undefined) => (rule ? textIn(rule, 'id') : null)
    if (found !== undefined && (id === null || isKindOf(id, idOf(found)))) return found
    return byId.get(id) ?? null
  }
}

function isKindOf(id: string, rule: string | null): boolean {
  return rule !== null && (id === rule || id.startsWith(`${rule}/`))
}

/** -1 stands for none in SARIF. */
function countOrNull(object: JsonObject | null, name: string): number | null {
  if (object === null || numberIn(object, name) === '-1') return null
  return countIn(object, name)
}

/** An error may be critical or high, or be of no weight for security: by its level nobody has rated it. */
const LEVELS: Readonly<Record<string, Severity>> = {
  warning: 'medium',
  note: 'low',
  none: 'info',
}

function scoreOf(one: JsonObject | null): string | null {
  return numberIn(objectIn(one, 'properties'), 'security-severity')
}

/** `security-severity` of the result or its rule, else the level; `warning` where nothing says one [3.27.10]. */
function severityIn(result: JsonObject, rule: JsonObject | null): Severity {
  const rated = severityOfScore(scoreOf(result)) ?? severityOfScore(scoreOf(rule))
  if (rated !== null) return rated
  const level =
    textIn(result, 'level') ?? textIn(objectIn(rule, 'defaultConfiguration'), 'level') ?? 'warning'
  return Object.hasOwn(LEVELS, level) ? (LEVELS[level] ?? 'unknown') : 'unknown'
}

function titleOf(result: JsonObject, rule: JsonObject | null): string | null {
  const said =
    textIn(objectIn(result, 'message'), 'text') ?? textIn(objectIn(rule, 'shortDescription'), 'text')
  return said === null ? null : keptText(said)
}

function whereOf(result: JsonObject): string | null {
  const [location] = listIn(result, 'locations') ?? []
  const place = objectIn(location ?? null, 'physicalLocation')
  const file = textIn(objectIn(place, 'artifactLocation'), 'uri')
  const line = numberIn(objectIn(place, 'region'), 'startLine')
  return keptOrNull(file === null || line === null ? file : `${file}:${line}`)
}
