import type { FindingsFacts } from './facts.ts'
import type { JsonFormat } from './json-format.ts'
import { isList, isObject, listIn, Misshapen, objectIn, textIn, valuesIn } from './json-shape.ts'
import { severityOf, Tally } from './severity.ts'
import { keptName, keptOrNull, keptText } from './texts.ts'

/** Grype (`-o json`). What its rules ignore is counted apart. */
export const grype: JsonFormat = {
  format: 'grype',
  isThis: (root) =>
    root.is === 'object' && isList(root.members.get('matches')) && isObject(root.members.get('descriptor')),
  read(root): FindingsFacts {
    if (!isObject(root)) throw new Misshapen(root.at, 'this is not Grype')
    const tally = new Tally()
    for (const match of listIn(root, 'matches') ?? []) {
      const vulnerability = objectIn(match, 'vulnerability')
      const artifact = objectIn(match, 'artifact')
      const fixes = valuesIn(objectIn(vulnerability, 'fix'), 'versions') ?? []
      const said = textIn(vulnerability, 'description')
      tally.add({
        id: keptName(textIn(vulnerability, 'id') ?? 'no id'),
        severity: severityOf(textIn(vulnerability, 'severity')),
        package: keptOrNull(textIn(artifact, 'name')),
        version: keptOrNull(textIn(artifact, 'version')),
        fixedIn: keptOrNull(fixes.filter((fix) => typeof fix === 'string').join(', ')),
        title: said === null ? null : keptText(said),
        where: null,
      })
    }
    const descriptor = objectIn(root, 'descriptor')
    return {
      meaning: 'findings',
      tool: keptName(`${textIn(descriptor, 'name') ?? 'grype'} ${textIn(descriptor, 'version') ?? ''}`),
      // It lists what matches, not what it looked at.
      scanned: null,
      unscanned: 0,
      counts: tally.counts,
      suppressed: (listIn(root, 'ignoredMatches') ?? []).length,
      disagreements: [],
      first: tally.first(),
    }
  },
}
