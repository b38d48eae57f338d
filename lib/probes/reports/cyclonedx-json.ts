import { Bom } from './bom.ts'
import type { ComponentsFacts } from './facts.ts'
import type { JsonObject } from './json.ts'
import type { JsonFormat } from './json-format.ts'
import { isObject, listIn, Misshapen, numberIn, objectIn, textIn } from './json-shape.ts'

export const cyclonedxJson: JsonFormat = {
  format: 'cyclonedx-json',
  isThis: (root) => root.is === 'object' && textIn(root, 'bomFormat') === 'CycloneDX',
  read(root): ComponentsFacts {
    if (!isObject(root)) throw new Misshapen(root.at, 'this is not CycloneDX')
    const specVersion = textIn(root, 'specVersion')
    if (specVersion === null) throw new Misshapen(root.at, '"specVersion" is missing')
    const bom = new Bom(specVersion)
    readComponents(root, bom)
    const vulnerabilities = listIn(root, 'vulnerabilities')
    if (vulnerabilities !== null) bom.hasVulnerabilities()
    for (const one of vulnerabilities ?? [])
      bom.vulnerability({
        ratings: (listIn(one, 'ratings') ?? []).map((rating) => ({
          severity: textIn(rating, 'severity'),
          score: numberIn(rating, 'score'),
        })),
        state: textIn(objectIn(one, 'analysis'), 'state'),
      })
    return bom.facts()
  },
}

function readComponents(holder: JsonObject, bom: Bom): void {
  for (const component of listIn(holder, 'components') ?? []) {
    const group = textIn(component, 'group')
    const name = textIn(component, 'name') ?? ''
    bom.component({
      type: textIn(component, 'type'),
      name: group === null || group === '' ? name : `${group}/${name}`,
      version: textIn(component, 'version'),
    })
    readComponents(component, bom)
  }
}
