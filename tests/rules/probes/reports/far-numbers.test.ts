import { describe, expect, it } from 'vitest'
import { osv, osvPackage, sarif, sqlResult, sqlRule } from './findings-samples.ts'
import { factsOf } from './read.ts'

/** What no number that is reckoned with is so far out; it rates nothing, and breaks nothing. */
describe.each(['1e400', '1e999', '-1e400', '1e-401', '1e99999', '9'.repeat(401)])(
  'a score of %s',
  (score) => {
    it('of SARIF is none: the level says how bad it is, and of an error nobody', async () => {
      const rule = { ...sqlRule, properties: { 'security-severity': score } }
      const facts = await factsOf('findings', sarif({ rules: [rule], results: [sqlResult] }))
      expect(facts).toMatchObject({ counts: { unknown: 1, critical: 0 }, unrated: 'security is not rated' })
    })

    it('of OSV-Scanner is none', async () => {
      expect(await factsOf('findings', osv([osvPackage(score)]))).toMatchObject({
        counts: { unknown: 1, critical: 0 },
      })
    })

    it('of CycloneDX is none, in JSON and in XML', async () => {
      const json = `{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"a"}],
      "vulnerabilities":[{"id":"X-1","ratings":[{"score":${score}}]}]}`
      const xml = `<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="library"><name>a</name></component></components>
      <vulnerabilities><vulnerability><id>X-1</id><ratings><rating><score>${score}</score></rating></ratings></vulnerability></vulnerabilities></bom>`
      for (const text of [json, xml])
        expect((await factsOf('components', text)).vulnerabilities).toMatchObject({ unknown: 1, critical: 0 })
    })
  },
)
