import { Bom } from './bom.ts'
import type { ComponentsFacts } from './facts.ts'
import type { XmlElement, XmlFormat, XmlHandler } from './xml-format.ts'

/** CycloneDX's `bom`; the version of the specification stands in its namespace. */
export const cyclonedxXml: XmlFormat = {
  format: 'cyclonedx-xml',
  isThis: ({ name }) => name === 'bom',
  begin: (root) => new BomHandler(root),
}

type Part = { type: string | null; group: string; name: string; version: string | null; isListed: boolean }
type Rating = { severity: string | null; score: string | null }

class BomHandler implements XmlHandler {
  private readonly bom: Bom
  private readonly parts: Part[] = []
  private ratings: Rating[] = []
  private state: string | null = null

  constructor({ attributes }: XmlElement) {
    const namespace =
      Object.values(attributes).find((value) => /cyclonedx\.org\/schema\/bom\//.test(value)) ?? ''
    this.bom = new Bom(/bom\/(\d+\.\d+)/.exec(namespace)?.[1] ?? 'unknown')
  }

  open({ name, attributes }: XmlElement, path: readonly string[]): void {
    if (name === 'component')
      this.parts.push({
        type: attributes.type ?? null,
        group: '',
        name: '',
        version: null,
        // The component of the metadata is what is described, not a part of it.
        isListed: path.at(-1) === 'components' && !path.includes('metadata'),
      })
    else if (name === 'vulnerabilities' && path.length === 1) this.bom.hasVulnerabilities()
    else if (name === 'rating') this.ratings.push({ severity: null, score: null })
  }

  close({ name }: XmlElement, { path, text }: { path: readonly string[]; text: string }): void {
    const parent = path.at(-1)
    const part = this.parts.at(-1)
    if (name === 'component') {
      this.parts.pop()
      if (part?.isListed)
        this.bom.component({ ...part, name: part.group === '' ? part.name : `${part.group}/${part.name}` })
    } else if (parent === 'component' && part !== undefined) {
      if (name === 'name') part.name = text.trim()
      if (name === 'group') part.group = text.trim()
      if (name === 'version') part.version = text.trim()
    } else this.ofVulnerability(name, { parent, text: text.trim() })
  }

  facts(): ComponentsFacts {
    return this.bom.facts()
  }

  private ofVulnerability(
    name: string,
    { parent, text }: { parent: string | undefined; text: string },
  ): void {
    const rating = this.ratings.at(-1)
    if (parent === 'rating' && rating !== undefined) {
      if (name === 'severity') rating.severity = text
      if (name === 'score') rating.score = text
    } else if (parent === 'analysis' && name === 'state') this.state = text
    else if (name === 'vulnerability' && parent === 'vulnerabilities') {
      this.bom.vulnerability({ ratings: this.ratings, state: this.state })
      this.ratings = []
      this.state = null
    }
  }
}
