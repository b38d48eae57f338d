import type { ReportFacts } from './facts.ts'
import type { ReportFormat } from './formats.ts'

/** An element without its prefix. */
export type XmlElement = { name: string; attributes: Readonly<Record<string, string>> }

/** Reads the elements of one file in their order. May throw an XmlProblem. */
export interface XmlHandler {
  /** `path`: the names of what it stands in, the root first. */
  open(element: XmlElement, path: readonly string[]): void
  /** `text`: what stands in it after its last child, at most a few thousand characters. */
  close(element: XmlElement, inside: { path: readonly string[]; text: string }): void
  facts(): ReportFacts
}

/** One format of XML: how its root is known, and who reads it. */
export interface XmlFormat {
  readonly format: ReportFormat
  isThis(root: XmlElement): boolean
  begin(root: XmlElement): XmlHandler
}

/** Something that the file says wrongly; it is told with the place where the reader stands. */
export class XmlProblem extends Error {}
