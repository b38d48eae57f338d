import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KINDS } from '#lib/probes/kinds.ts'
import { PROBE_LIMITS } from '#lib/probes/limits.ts'
import { REPORT_LIMITS } from '#lib/probes/reports/limits.ts'
import { LONGEST_TEXT } from '#lib/probes/texts.ts'
import { ATTACHMENTS_PER_ITEM } from '#lib/runs/decide-attachment.ts'
import { KEPT } from '#lib/runs/decide-keep.ts'
import { PER_TARGET } from '#lib/runs/worker/attempts.ts'
import { SECRET_LEAST } from '#lib/services/secrets.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { SUGGESTION_RULES } from '#lib/templates/suggest.ts'
import { ADDRESSES, FORBIDDEN } from '#tests/peers/forbidden.ts'
import { oddTargets } from '#tests/peers/odd-targets.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8')
/** As it is read: a line of a page ends where it happens to. */
const page = (path: string) => read(path).replaceAll(/\s+/g, ' ')
const many = (count: number) => count.toLocaleString('en-US')
const WORDS = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']

const gallery = readdirSync(new URL('lib/templates/gallery/', ROOT))
const shipped = parseTemplate(read('lib/templates/gallery/production-deployment.md'))
const probed = shipped.items.flatMap(({ probe }) => (probe ? [probe] : []))
const notices = shipped.items.filter(({ notice }) => Boolean(notice))
const optional = probed.filter((probe) => probe.ifSet !== undefined)
const labels = read('tests/rules/templates/suggestions-labelled.tsv').trimEnd().split('\n').slice(1)
const cells = labels.map((label) => label.split('\t'))
const judged = cells.filter(([, , , , , rule]) => rule !== '-')
const right = judged.filter(([, , , , , , , verdict]) => verdict === 'right')
const offered = SUGGESTION_RULES.filter((rule) => rule.offered !== false)
const ofOffered = (some: typeof judged) =>
  some.filter(([, , , , , rule]) => offered.some((one) => one.rule === rule))

/** A page, and sentences of it with what they count. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  'README.md': [
    `one of ${WORDS[gallery.length]} shipped checklists (the production one has ${shipped.items.length} items, ${probed.length} of them probed)`,
    `${probed.length} items observed`,
  ],
  'docs/seed-coverage.md': [
    `has ${shipped.items.length} items, ${shipped.triggers.length} rollback triggers`,
    `${shipped.steps.length} steps and ${shipped.roles.length} sign-off roles`,
    `${probed.length} items have a probe`,
    `${notices.length} send a notice that somebody acknowledges. ${shipped.items.length - probed.length - notices.length} are for people alone`,
    `${probed.length - optional.length} probes are always asked`,
    `The other ${optional.length} have \`if-set\``,
    `All ${probed.length} items are observed, the ${notices.length} notices acknowledged`,
  ],
  'docs/templates.md': [
    `${optional.length} probes and ${notices.length} notices of \`production-deployment\` are asked only where`,
    `${many(LIMITS.templateItems)} items and ${many(LIMITS.templateBytes)} bytes for a template`,
  ],
  'docs/suggestions.md': [
    `a table of ${SUGGESTION_RULES.length} rules`,
    `${judged.length} suggestions were judged by hand`,
    `with ${cells.length - judged.length} lines for which nothing may be suggested`,
    `${right.length} of ${judged.length} are right; of the ${offered.length} rules that are offered, ${ofOffered(right).length} of ${ofOffered(judged).length}`,
    `each of its ${shipped.items.length} items`,
  ],
  'docs/probes.md': [
    `${FORBIDDEN.length} spellings of what must not be reached`,
    `${oddTargets('http', 1).length} addresses that can be read in two ways`,
    `At most ${PROBE_LIMITS.conditions} conditions, ${many(LONGEST_TEXT)} characters a text`,
    `At most ${PROBE_LIMITS.window.samples} looks and ${PROBE_LIMITS.window.wholeSeconds / 60} minutes`,
    `a request header, at most ${PROBE_LIMITS.headers}`,
    `N from 1 to ${PROBE_LIMITS.redirects.most}, usually ${PROBE_LIMITS.redirects.usual}`,
    `of one look: 100ms to ${PROBE_LIMITS.timeoutMs.most / 1000}s, usually ${PROBE_LIMITS.timeoutMs.usual / 1000}s`,
    `${WORDS[PER_TARGET]} probes look at one host and port at once`,
    `It has at least ${SECRET_LEAST} characters`,
  ],
  'docs/reports.md': [
    `| depth | ${REPORT_LIMITS.depth} elements`,
    `${many(REPORT_LIMITS.elements)} elements, ${REPORT_LIMITS.attributes} attributes of one; ${many(REPORT_LIMITS.values)} values of JSON`,
    `${REPORT_LIMITS.sarifRuns} runs, ${many(REPORT_LIMITS.sarifResults)} results in one`,
    `the first ${REPORT_LIMITS.kept} tests that did not pass`,
  ],
  'docs/evidence.md': [
    `an item takes ${ATTACHMENTS_PER_ITEM} of them`,
    `A file has at most ${LIMITS.attachmentBytes / 1e6} MB, all evidence of a run ${LIMITS.evidenceBytesPerRun / 1e6} MB`,
    `${KEPT.days} days, ${many(KEPT.reports)} reports and ${KEPT.bytes / 1e6} MB`,
  ],
  'docs/operations.md': [
    `A form sends at most ${LIMITS.actionBytes / 1e6} MB; a text to sign may have ${LIMITS.signingTextBytes / 1e6} MB`,
  ],
}

describe.each(Object.entries(SAID))('the numbers of %s', (path, sentences) => {
  it.each(sentences)('are those of the product: %s', (sentence) => {
    // By itself, since what is said of a failure would hold the whole page.
    expect(page(path).includes(sentence)).toBe(true)
  })
})

describe('the page of probes', () => {
  const text = read('docs/probes.md')

  it('has every kind in its table and in a section of its own, and no other', () => {
    const rows = [...text.matchAll(/^\| \[`([a-z]+)`\]\(#\1\) \|/gm)].map(([, kind]) => kind)
    const sections = [...text.matchAll(/^### ([a-z]+)$/gm)].map(([, kind]) => kind)
    expect(rows.toSorted()).toEqual([...KINDS].toSorted())
    expect(sections.filter((one) => KINDS.some((kind) => kind === one)).toSorted()).toEqual(
      [...KINDS].toSorted(),
    )
  })

  it('counts what is forbidden once', () => {
    expect([...text.matchAll(/(\d+) spellings/g)].map(([, count]) => Number(count))).toEqual([
      FORBIDDEN.length,
    ])
    expect(new Set(ADDRESSES).size).toBe(ADDRESSES.length)
  })
})
