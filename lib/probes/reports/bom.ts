import type { ComponentsFacts, Severity } from './facts.ts'
import { REPORT_LIMITS } from './limits.ts'
import { severityOf, severityOfScore, Tally, worst } from './severity.ts'
import { keptName } from './texts.ts'

/** Of these nobody installs a version. */
const WITHOUT_VERSION = ['file', 'data', 'cryptographic-asset', 'device']
/** An analysis that says the product is not affected [CycloneDX 1.6, vulnerabilities.analysis.state]. */
const SET_ASIDE = ['resolved', 'resolved_with_pedigree', 'false_positive', 'not_affected']

type Component = { type: string | null; name: string; version: string | null }
type Vulnerability = {
  ratings: readonly { severity: string | null; score: string | null }[]
  state: string | null
}

/** Gathers what a CycloneDX file says, whichever way it is written. */
export class Bom {
  private readonly specVersion: string
  private components = 0
  private unpinned = 0
  private readonly firstUnpinned: string[] = []
  private tally: Tally | null = null
  private setAside = 0
  constructor(specVersion: string) {
    this.specVersion = specVersion
  }

  component({ type, name, version }: Component): void {
    this.components++
    if ((version ?? '').trim() !== '' || WITHOUT_VERSION.includes(type ?? '')) return
    this.unpinned++
    if (this.firstUnpinned.length < REPORT_LIMITS.kept) this.firstUnpinned.push(keptName(name) || 'no name')
  }

  hasVulnerabilities(): void {
    this.tally ??= new Tally()
  }

  vulnerability({ ratings, state }: Vulnerability): void {
    this.tally ??= new Tally()
    if (SET_ASIDE.includes(state ?? '')) this.setAside++
    else this.tally.count(worst(ratings.map(rated)))
  }

  facts(): ComponentsFacts {
    return {
      meaning: 'components',
      specVersion: keptName(this.specVersion),
      components: this.components,
      unpinned: this.unpinned,
      firstUnpinned: this.firstUnpinned,
      vulnerabilities: this.tally?.counts ?? null,
      setAside: this.setAside,
    }
  }
}

function rated({ severity, score }: Vulnerability['ratings'][number]): Severity {
  const word = severityOf(severity)
  return word === 'unknown' ? (severityOfScore(score) ?? 'unknown') : word
}
