import { SaxesParser } from 'saxes'
import { clover } from './clover.ts'
import { cobertura } from './cobertura.ts'
import { cyclonedxXml } from './cyclonedx-xml.ts'
import { FORMATS, type ReportFormat } from './formats.ts'
import { jacoco } from './jacoco.ts'
import { junit } from './junit.ts'
import { REPORT_LIMITS } from './limits.ts'
import { ReportError } from './problem.ts'
import type { ReportReader } from './reader.ts'
import { keptName } from './texts.ts'
import { type XmlElement, type XmlFormat, type XmlHandler, XmlProblem } from './xml-format.ts'

const XML_FORMATS: readonly XmlFormat[] = [junit, jacoco, cobertura, clover, cyclonedxXml]
const LONGEST_TEXT = 2_000
/**
 * JaCoCo and Cobertura name their DTD in every file. The name alone is let through: it is never fetched, and saxes knows no entity
 * but the five of XML. Whatever declares something is refused.
 */
const NAMED_ONLY =
  /^\s*(?:report|coverage)\s+(?:PUBLIC\s+"[^"[\]]{0,200}"|SYSTEM)\s+["'][^"'[\]]{0,200}["']\s*$/

/** XML as it streams in: no DTD is read, no entity expanded, and depth, number and attributes of elements are bounded. */
export class XmlReader implements ReportReader {
  private readonly parser = new SaxesParser()
  private readonly wanted: ReportFormat | null
  private readonly open: XmlElement[] = []
  private readonly path: string[] = []
  private elements = 0
  private text = ''
  private format: XmlFormat | null = null
  private handler: XmlHandler | null = null

  constructor(wanted: ReportFormat | null) {
    this.wanted = wanted
    this.parser.on('error', (error) => this.fail(error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')))
    this.parser.on('doctype', (text) => {
      if (!NAMED_ONLY.test(text))
        this.fail('a document type declaration is not read; leave the <!DOCTYPE …> out')
    })
    this.parser.on('opentag', ({ name, attributes }) => this.begin({ name: localName(name), attributes }))
    this.parser.on('closetag', () => this.end1())
    const said = (text: string) => {
      if (this.text.length < LONGEST_TEXT) this.text += text.slice(0, LONGEST_TEXT)
    }
    this.parser.on('text', said)
    this.parser.on('cdata', said)
  }

  write(text: string): void {
    this.parser.write(text)
  }

  end() {
    this.parser.close()
    if (this.format === null || this.handler === null) return this.fail('the file has no element')
    return { format: this.format.format, facts: this.handler.facts() }
  }

  private begin(element: XmlElement): void {
    if (++this.elements > REPORT_LIMITS.elements)
      this.fail(`a report has at most ${REPORT_LIMITS.elements} elements`)
    if (this.open.length >= REPORT_LIMITS.depth)
      this.fail(`elements stand at most ${REPORT_LIMITS.depth} deep in each other`)
    if (Object.keys(element.attributes).length > REPORT_LIMITS.attributes)
      this.fail(`an element has at most ${REPORT_LIMITS.attributes} attributes`)
    this.text = ''
    this.guarded(() => {
      if (this.handler === null) {
        this.format = this.formatOf(element)
        this.handler = this.format.begin(element)
      } else this.handler.open(element, this.path)
    })
    this.open.push(element)
    this.path.push(element.name)
  }

  private end1(): void {
    const element = this.open.pop()
    this.path.pop()
    if (element === undefined) return
    this.guarded(() => this.handler?.close(element, { path: this.path, text: this.text }))
    this.text = ''
  }

  private formatOf(root: XmlElement): XmlFormat {
    const found = XML_FORMATS.find(
      (one) => (this.wanted === null || one.format === this.wanted) && one.isThis(root),
    )
    if (found !== undefined) return found
    const known = XML_FORMATS.map(({ format }) => FORMATS[format].title)
    const wanted = this.wanted === null ? `none of ${known.join(', ')}` : `not ${FORMATS[this.wanted].title}`
    return this.fail(`XML that begins with <${keptName(root.name).slice(0, 40)}> is ${wanted}`)
  }

  private guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (error instanceof XmlProblem) this.fail(error.message)
      throw error
    }
  }

  private fail(message: string): never {
    const { line, columnIndex } = this.parser
    throw new ReportError({ line, column: columnIndex + 1, message })
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
