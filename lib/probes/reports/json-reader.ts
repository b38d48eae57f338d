import { coveragePy } from './coverage-py.ts'
import { cyclonedxJson } from './cyclonedx-json.ts'
import { FORMATS, type ReportFormat } from './formats.ts'
import { grype } from './grype.ts'
import { istanbul } from './istanbul.ts'
import { type JsonList, type JsonObject, JsonParser, type JsonValue } from './json.ts'
import type { JsonFormat } from './json-format.ts'
import { Misshapen } from './json-shape.ts'
import { npmAudit } from './npm-audit.ts'
import { osv } from './osv.ts'
import { pipAudit } from './pip-audit.ts'
import { ReportError } from './problem.ts'
import type { ReportReader } from './reader.ts'
import { sarif } from './sarif.ts'
import { trivy } from './trivy.ts'

/** In the order in which they are tried: what names itself comes before what only has a shape. */
const JSON_FORMATS: readonly JsonFormat[] = [
  sarif,
  cyclonedxJson,
  trivy,
  grype,
  npmAudit,
  coveragePy,
  osv,
  pipAudit,
  istanbul,
]

const ROOT = { line: 1, column: 1 }

/** JSON is parsed as it comes; a format is known by the whole of it. */
export class JsonReader implements ReportReader {
  private readonly parser = new JsonParser()
  private readonly wanted: ReportFormat | null
  constructor(wanted: ReportFormat | null) {
    this.wanted = wanted
  }

  write(text: string): void {
    this.parser.write(text)
  }

  end() {
    const root = this.parser.end()
    try {
      const format = this.formatOf(root)
      return { format: format.format, facts: format.read(root as JsonObject | JsonList) }
    } catch (error) {
      if (!(error instanceof Misshapen)) throw error
      throw new ReportError({ ...error.at, message: error.message })
    }
  }

  private formatOf(root: JsonValue): JsonFormat {
    const isRoot = typeof root === 'object' && root !== null && root.is !== 'number'
    const found = isRoot
      ? JSON_FORMATS.find((one) => (this.wanted === null || one.format === this.wanted) && one.isThis(root))
      : undefined
    if (found !== undefined) return found
    if (this.wanted !== null) throw new Misshapen(ROOT, `this JSON is not ${FORMATS[this.wanted].title}`)
    const known = JSON_FORMATS.map(({ format }) => FORMATS[format].title).join(', ')
    throw new Misshapen(ROOT, `this JSON is none of ${known}`)
  }
}
