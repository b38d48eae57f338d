import { LIMITS } from '#lib/shared/limits.ts'

/**
 * What a report may be. The runs and results of SARIF are GitHub's (docs.github.com, "SARIF support for code scanning"); the other
 * counts are so high that a file of the largest size hardly reaches them.
 */
export const REPORT_LIMITS = {
  bytes: LIMITS.attachmentBytes,
  nameLength: 64,
  /** Elements inside elements, objects and lists inside each other. */
  depth: 100,
  elements: 1_000_000,
  attributes: 100,
  /** Members of objects and entries of lists. */
  values: 2_000_000,
  /** Of one text of JSON, as it is written there. */
  jsonText: 1_000_000,
  /** Of LCOV. */
  lineLength: 65_536,
  sarifRuns: 20,
  sarifResults: 25_000,
  /** Whose findings under one name are judged together. */
  tools: 20,
  /** How many failures, findings and components are kept by name, and how long a text of theirs may be. */
  kept: 20,
  textLength: 300,
} as const
