import { firstNotUtf8 } from '#lib/shared/utf8.ts'
import { REPORT_LIMITS } from './limits.ts'
import { ReportError } from './problem.ts'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/**
 * Turns bytes into text as they come. UTF-8 and UTF-16, told apart by the byte order mark or by where the zeros stand; the mark
 * itself is not part of the text. What is neither is refused where it stands, never replaced.
 */
export class Decoder {
  /** How many bytes have come. */
  bytes = 0
  private encoding: Encoding | null = null
  private wide: TextDecoder | null = null
  /** Bytes whose character is not whole yet. */
  private rest: Uint8Array = new Uint8Array(0)
  private line = 1
  private column = 1

  write(chunk: Uint8Array): string {
    this.bytes += chunk.length
    if (this.bytes > REPORT_LIMITS.bytes)
      this.fail(
        `a report has at most ${REPORT_LIMITS.bytes / 1_000_000} MB; split it, or leave out what is not asked for`,
      )
    const bytes = joined(this.rest, chunk)
    this.rest = bytes
    if (this.encoding === null && bytes.length < 4) return ''
    return this.decoded(bytes, false)
  }

  end(): string {
    return this.decoded(this.rest, true)
  }

  private decoded(bytes: Uint8Array, isLast: boolean): string {
    const isFirst = this.encoding === null
    this.encoding ??= this.encodingOf(bytes)
    const text = this.encoding === 'utf-8' ? this.narrow(bytes, isLast) : this.widen(bytes, isLast)
    this.advance(text)
    return isFirst && text.startsWith('\ufeff') ? text.slice(1) : text
  }

  private narrow(bytes: Uint8Array, isLast: boolean): string {
    // The platform's own decoder is many times faster; where it refuses is found out only then.
    const whole = decodedWhole(bytes)
    const bad = whole === null ? firstNotUtf8(bytes) : bytes.length
    const text = whole ?? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, bad))
    this.rest = bytes.subarray(bad)
    // A character has at most four bytes: fewer may be the beginning of one.
    if (this.rest.length >= 4 || (isLast && this.rest.length > 0)) {
      this.advance(text)
      const hex = (this.rest[0] ?? 0).toString(16).toUpperCase().padStart(2, '0')
      this.fail(`the byte 0x${hex} is not UTF-8; a report is text in UTF-8 or UTF-16`)
    }
    return text
  }

  private widen(bytes: Uint8Array, isLast: boolean): string {
    this.wide ??= new TextDecoder(this.encoding ?? 'utf-16le', { fatal: true, ignoreBOM: true })
    this.rest = new Uint8Array(0)
    try {
      return this.wide.decode(bytes, { stream: !isLast })
    } catch {
      return this.fail(
        `this is not ${(this.encoding ?? '').toUpperCase()}; a report is text in UTF-8 or UTF-16`,
      )
    }
  }

  private encodingOf(bytes: Uint8Array): Encoding {
    const [a, b, c, d] = bytes
    if (a === 0x1f && b === 0x8b) this.fail('this is a gzip file; push what is in it')
    if (a === 0x50 && b === 0x4b) this.fail('this is a ZIP file; push the report that is in it')
    if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
      this.fail('this is UTF-32; a report is text in UTF-8 or UTF-16')
    if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && c !== 0)) return 'utf-16le'
    if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0)) return 'utf-16be'
    return 'utf-8'
  }

  private advance(text: string): void {
    const isStart = this.line === 1 && this.column === 1
    const lines = (isStart && text.startsWith('\ufeff') ? text.slice(1) : text).split(/\r\n|\n|\r/)
    const last = lines.at(-1)?.length ?? 0
    this.column = lines.length === 1 ? this.column + last : last + 1
    this.line += lines.length - 1
  }

  private fail(message: string): never {
    throw new ReportError({ line: this.line, column: this.column, message })
  }
}

function decodedWhole(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right
  const whole = new Uint8Array(left.length + right.length)
  whole.set(left)
  whole.set(right, left.length)
  return whole
}
