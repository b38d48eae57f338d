import { z } from 'zod'

/**
 * What a report says, whatever tool wrote it: JSON-safe and canonical (integers and texts only), bounded, without the file itself.
 * Texts are cut and masked where they are read.
 */
const count = z.int().min(0)
const disagreements = z.array(z.string())

/** From worst to least; `unknown` is what the tool does not rate, and may be as bad as any. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const
export type Severity = (typeof SEVERITIES)[number]

export const testsFactsSchema = z.strictObject({
  meaning: z.literal('tests'),
  suites: count,
  /** Cases as counted: each is exactly one of passed, failed, errored and skipped. */
  tests: count,
  passed: count,
  failed: count,
  errored: count,
  skipped: count,
  /** Milliseconds as a decimal text: the sum of the cases; null where no case has a time. */
  time: z.string().nullable(),
  /** Where the totals that the file states are not those of its cases. */
  disagreements,
  /** The first that did not pass, in the order of the file. */
  failures: z.array(
    z.strictObject({ name: z.string(), is: z.enum(['failed', 'errored']), message: z.string().nullable() }),
  ),
})
export type TestsFacts = z.infer<typeof testsFactsSchema>

const counterSchema = z.strictObject({ covered: count, total: count })
export type Counter = z.infer<typeof counterSchema>
/** The total that the file states, and the one counted from its details; null where it has none. */
const measureSchema = z.strictObject({
  stated: counterSchema.nullable(),
  counted: counterSchema.nullable(),
})
export type Measure = z.infer<typeof measureSchema>

export const coverageFactsSchema = z.strictObject({
  meaning: z.literal('coverage'),
  files: count,
  lines: measureSchema,
  branches: measureSchema,
  functions: measureSchema,
  statements: measureSchema,
})
export type CoverageFacts = z.infer<typeof coverageFactsSchema>

export const severityCountsSchema = z.strictObject({
  critical: count,
  high: count,
  medium: count,
  low: count,
  info: count,
  unknown: count,
})
export type SeverityCounts = z.infer<typeof severityCountsSchema>

const findingSchema = z.strictObject({
  id: z.string(),
  severity: z.enum(SEVERITIES),
  package: z.string().nullable(),
  version: z.string().nullable(),
  fixedIn: z.string().nullable(),
  title: z.string().nullable(),
  /** A file and line, or what was scanned. */
  where: z.string().nullable(),
})
export type Finding = z.infer<typeof findingSchema>

export const findingsFactsSchema = z.strictObject({
  meaning: z.literal('findings'),
  tool: z.string().nullable(),
  /** Their names without versions, in order, where the file and not its format names them (SARIF); older records have none. */
  tools: z.array(z.string()).optional(),
  /** How many things were looked at (runs, targets, packages); null where the format does not say. */
  scanned: count.nullable(),
  /** How many of them the tool could not look at, by its own word. */
  unscanned: count,
  counts: severityCountsSchema,
  /** Why `counts` are only the least that there is of each severity: the file rates nothing, or looked at something else. */
  unrated: z.string().optional(),
  /** Found, and set aside by a person or a rule; not among `counts`. */
  suppressed: count,
  disagreements,
  /** The worst ones. */
  first: z.array(findingSchema),
})
export type FindingsFacts = z.infer<typeof findingsFactsSchema>

export const componentsFactsSchema = z.strictObject({
  meaning: z.literal('components'),
  specVersion: z.string(),
  components: count,
  /** Without a version; files, data and the like, which have none, are not among them. */
  unpinned: count,
  /** The names of the first of them. */
  firstUnpinned: z.array(z.string()),
  /** Null where the file has no list of vulnerabilities, which is not the same as an empty one. */
  vulnerabilities: severityCountsSchema.nullable(),
  /** Vulnerabilities that the file itself says do not matter here; not among them. */
  setAside: count,
})
export type ComponentsFacts = z.infer<typeof componentsFactsSchema>

export const reportFactsSchema = z.discriminatedUnion('meaning', [
  testsFactsSchema,
  coverageFactsSchema,
  findingsFactsSchema,
  componentsFactsSchema,
])
export type ReportFacts = z.infer<typeof reportFactsSchema>
export type FactsOf<Meaning extends ReportFacts['meaning']> = Extract<ReportFacts, { meaning: Meaning }>
