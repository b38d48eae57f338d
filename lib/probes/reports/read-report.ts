import { Decoder } from './decode.ts'
import type { ReportFacts } from './facts.ts'
import { FORMATS, type ReportFormat } from './formats.ts'
import { JsonReader } from './json-reader.ts'
import { LcovReader } from './lcov.ts'
import { ReportError, type ReportProblem } from './problem.ts'
import type { ReportReader } from './reader.ts'
import { XmlReader } from './xml-reader.ts'

export type ReadReport =
  | { ok: true; format: ReportFormat; facts: ReportFacts; bytes: number }
  | { ok: false; problem: ReportProblem }

/** The bytes of a file as they arrive. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

const LOOKED_FOR = Object.values(FORMATS)
  .map(({ title }) => title)
  .join(', ')

/**
 * Reads a report as it arrives: the format is found in the content unless `format` says it. Pure, bounded by REPORT_LIMITS, in time
 * linear in the bytes; never throws for any content.
 */
export async function readReport({
  chunks,
  format = null,
}: {
  chunks: Chunks
  format?: ReportFormat | null
}): Promise<ReadReport> {
  const decoder = new Decoder()
  const start = new Start(format)
  try {
    for await (const chunk of chunks) start.write(decoder.write(chunk))
    start.write(decoder.end())
    return { ok: true, ...start.end(), bytes: decoder.bytes }
  } catch (error) {
    if (error instanceof ReportError) return { ok: false, problem: error.problem }
    throw error
  }
}

/** Waits for the first character that is no blank: it tells what reads the rest. */
class Start implements ReportReader {
  private reader: ReportReader | null = null
  private blanks = ''
  private readonly format: ReportFormat | null
  constructor(format: ReportFormat | null) {
    this.format = format
  }

  write(text: string): void {
    if (this.reader === null) {
      if (text.trim() === '') {
        this.blanks += text
        return
      }
      const whole = this.blanks + text
      this.reader = this.readerOf(whole.trimStart())
      this.reader.write(whole)
    } else this.reader.write(text)
  }

  end() {
    if (this.reader === null) throw new ReportError({ line: 1, column: 1, message: 'the file is empty' })
    return this.reader.end()
  }

  private readerOf(text: string): ReportReader {
    if (text.startsWith('<')) return new XmlReader(this.format)
    if (/^[{[]/.test(text)) return new JsonReader(this.format)
    if (this.format === 'lcov' || (this.format === null && /^(?:TN|SF|VER):/.test(text)))
      return new LcovReader()
    const wanted = this.format === null ? `one of ${LOOKED_FOR}` : FORMATS[this.format].title
    throw new ReportError({
      line: 1,
      column: 1,
      message: `this is neither XML nor JSON nor LCOV; wanted ${wanted}`,
    })
  }
}

export type { ReportProblem } from './problem.ts'
