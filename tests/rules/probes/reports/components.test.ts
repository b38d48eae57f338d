import { describe, expect, it } from 'vitest'
import type { ComponentsFacts, SeverityCounts } from '#lib/probes/reports/facts.ts'
import { json } from './findings-samples.ts'
import { factsOf, judgeFacts, sample } from './read.ts'

const NONE: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }
const bom = (more: object) => json({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, ...more })
const library = (name: string, version?: string) => ({ type: 'library', name, version })
const rated = (...ratings: object[]) => ({ id: 'CVE-2026-1', ratings })

describe('CycloneDX', () => {
  it('counts components at every depth, and those without a version', async () => {
    const text = bom({
      metadata: { component: library('app') },
      components: [
        { ...library('a', '1.0.0'), components: [library('b'), { ...library('c', ' '), group: '@scope' }] },
        { type: 'file', name: '/etc/passwd' },
        { type: 'operating-system', name: 'alpine', version: '3.21' },
      ],
    })
    expect(await factsOf('components', text)).toEqual({
      meaning: 'components',
      specVersion: '1.6',
      components: 5,
      unpinned: 2,
      firstUnpinned: ['b', '@scope/c'],
      vulnerabilities: null,
      setAside: 0,
    })
  })

  it('says the same in XML, whatever its prefix', async () => {
    const text = `<?xml version="1.0"?><c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.5" version="1">
      <c:metadata><c:component type="application"><c:name>app</c:name></c:component></c:metadata>
      <c:components>
        <c:component type="library"><c:name>a</c:name><c:version>1.0.0</c:version><c:licenses><c:license><c:name>MIT</c:name></c:license></c:licenses>
          <c:components><c:component type="library"><c:name>b</c:name></c:component>
            <c:component type="library"><c:group>@scope</c:group><c:name>c</c:name><c:version> </c:version></c:component></c:components></c:component>
        <c:component type="file"><c:name>/etc/passwd</c:name></c:component>
        <c:component type="operating-system"><c:name>alpine</c:name><c:version>3.21</c:version></c:component>
      </c:components>
      <c:vulnerabilities><c:vulnerability><c:id>CVE-2026-1</c:id><c:ratings>
        <c:rating><c:score>9.8</c:score></c:rating><c:rating><c:severity>low</c:severity></c:rating></c:ratings></c:vulnerability>
        <c:vulnerability><c:analysis><c:state>not_affected</c:state></c:analysis></c:vulnerability>
        <c:vulnerability/></c:vulnerabilities></c:bom>`
    expect(await factsOf('components', text)).toEqual({
      meaning: 'components',
      specVersion: '1.5',
      components: 5,
      unpinned: 2,
      firstUnpinned: ['b', '@scope/c'],
      vulnerabilities: { ...NONE, critical: 1, unknown: 1 },
      setAside: 1,
    })
  })

  it.each([
    [rated({ severity: 'high' }), { high: 1 }],
    [rated({ severity: 'low' }, { severity: 'critical' }), { critical: 1 }],
    [rated({ severity: 'unknown', score: 5.3 }), { medium: 1 }],
    [rated({ score: '7.0' }), { high: 1 }],
    [rated({ severity: 'none' }), { info: 1 }],
    [rated(), { unknown: 1 }],
    [{ ...rated({ severity: 'high' }), analysis: { state: 'exploitable' } }, { high: 1 }],
    [{ ...rated({ severity: 'high' }), analysis: { state: 'in_triage' } }, { high: 1 }],
  ])('a vulnerability of %j counts as %j', async (one, counts) => {
    const facts = await factsOf('components', bom({ components: [], vulnerabilities: [one] }))
    expect(facts).toMatchObject({ vulnerabilities: { ...NONE, ...counts }, setAside: 0 })
  })

  it.each(['resolved', 'resolved_with_pedigree', 'false_positive', 'not_affected'])(
    'sets aside what its own analysis calls %s',
    async (state) => {
      const one = { ...rated({ severity: 'high' }), analysis: { state } }
      const facts = await factsOf('components', bom({ vulnerabilities: [one] }))
      expect(facts).toMatchObject({ vulnerabilities: NONE, setAside: 1 })
    },
  )

  it('keeps the names of twenty without a version', async () => {
    const components = Array.from({ length: 30 }, (_, index) => library(`c${index}`))
    const facts = await factsOf('components', bom({ components }))
    expect(facts.unpinned).toBe(30)
    expect(facts.firstUnpinned).toEqual(components.slice(0, 20).map(({ name }) => name))
  })

  it('is read as npm wrote it', async () => {
    expect(await factsOf('components', sample('cyclonedx-npm.json'))).toMatchObject({
      specVersion: '1.5',
      components: 4,
      unpinned: 0,
    })
  })
})

describe('a number of components', () => {
  const facts = (of: Partial<ComponentsFacts>): ComponentsFacts => ({
    meaning: 'components',
    specVersion: '1.6',
    components: 9,
    unpinned: 0,
    firstUnpinned: [],
    vulnerabilities: null,
    setAside: 0,
    ...of,
  })

  it.each<[string, ComponentsFacts, string, string]>([
    ['components >= 1, unpinned == 0', facts({}), 'pass', '9 components · 0 without a version'],
    [
      'unpinned == 0',
      facts({ unpinned: 1, firstUnpinned: ['a'] }),
      'fail',
      '1 without a version: a · wanted 0',
    ],
    ['unpinned == 0', facts({ components: 0 }), 'inconclusive', 'no components · wanted a component'],
    ['components <= 5', facts({ components: 0 }), 'inconclusive', 'no components · wanted a component'],
    ['components >= 1', facts({ components: 0 }), 'fail', '0 components · wanted ≥ 1 · 1 more'],
    ['components == 0', facts({ components: 0 }), 'pass', '0 components'],
    ['critical == 0', facts({}), 'inconclusive', 'no list of vulnerabilities · wanted 0'],
    ['vulnerabilities == 0', facts({}), 'inconclusive', 'no list of vulnerabilities · wanted 0'],
    ['vulnerabilities == 0', facts({ vulnerabilities: NONE }), 'pass', '0 vulnerabilities'],
    [
      'vulnerabilities == 0',
      facts({ vulnerabilities: { ...NONE, info: 1 } }),
      'fail',
      '1 vulnerability · wanted 0',
    ],
    [
      'critical == 0',
      facts({ vulnerabilities: { ...NONE, unknown: 1 } }),
      'inconclusive',
      '0 critical, 1 not rated · wanted 0',
    ],
    ['high == 0', facts({ vulnerabilities: { ...NONE, high: 2 } }), 'fail', '2 high · wanted 0'],
  ])('%s: %j is %s', (condition, of, outcome, line) => {
    expect(judgeFacts(`expect ${condition}`, of)).toMatchObject({ outcome, line })
  })
})
