import type { FindingsFacts } from './facts.ts'
import type { JsonList, JsonObject } from './json.ts'
import type { JsonFormat } from './json-format.ts'
import { isObject, listIn, Misshapen, textIn, valuesIn } from './json-shape.ts'
import { Tally } from './severity.ts'
import { keptName, keptOrNull, keptText } from './texts.ts'

/** `pip-audit -f json`, also its older list without a frame. It rates nothing, so every finding is of unknown severity. */
export const pipAudit: JsonFormat = {
  format: 'pip-audit',
  isThis: (root) => {
    const entries = root.is === 'list' ? root.entries : listOf(root)
    return (
      entries !== null &&
      (entries.length > 0 || (root.is === 'object' && root.members.has('fixes'))) &&
      entries.every(
        (entry) => isObject(entry) && (entry.members.has('vulns') || entry.members.has('skip_reason')),
      )
    )
  },
  read(root): FindingsFacts {
    const tally = new Tally()
    const dependencies = dependenciesOf(root)
    let unscanned = 0
    for (const dependency of dependencies) {
      const found = listIn(dependency, 'vulns')
      if (found === null) unscanned++
      for (const one of found ?? [])
        tally.add({
          id: keptName(textIn(one, 'id') ?? 'no id'),
          severity: 'unknown',
          package: keptOrNull(textIn(dependency, 'name')),
          version: keptOrNull(textIn(dependency, 'version')),
          fixedIn: keptOrNull(
            (valuesIn(one, 'fix_versions') ?? []).filter((fix) => typeof fix === 'string').join(', '),
          ),
          title: textIn(one, 'description') === null ? null : keptText(textIn(one, 'description') ?? ''),
          where: null,
        })
    }
    return {
      meaning: 'findings',
      tool: 'pip-audit',
      scanned: dependencies.length - unscanned,
      unscanned,
      counts: tally.counts,
      suppressed: 0,
      disagreements: [],
      first: tally.first(),
    }
  },
}

function listOf(root: JsonObject) {
  const list = root.members.get('dependencies')
  return typeof list === 'object' && list !== null && list.is === 'list' ? list.entries : null
}

function dependenciesOf(root: JsonObject | JsonList): JsonObject[] {
  if (root.is === 'object') return listIn(root, 'dependencies') ?? []
  return root.entries.map((entry) => {
    if (!isObject(entry)) throw new Misshapen(root.at, 'a dependency is not an object')
    return entry
  })
}
