import { counterOf, coverageFacts, detailed } from './coverage-sum.ts'
import type { Counter, Measure } from './facts.ts'
import { REPORT_LIMITS } from './limits.ts'
import { ReportError } from './problem.ts'
import type { ReportReader } from './reader.ts'
import { countOf, keptName } from './texts.ts'

/** The totals of a record (geninfo(1)): their sum is what the file states. */
const TOTALS = {
  lines: ['LH', 'LF'],
  functions: ['FNH', 'FNF'],
  branches: ['BRH', 'BRF'],
} as const

/** LCOV's tracefile, line by line. What a file is said to hold more than once is counted once, and hit when it was hit anywhere. */
export class LcovReader implements ReportReader {
  private rest = ''
  private line = 0
  private entries = 0
  private file: string | null = null
  private readonly files = new Map<string, Map<string, boolean>>()
  private readonly sums = new Map<string, number>()

  write(text: string): void {
    const lines = (this.rest + text).split('\n')
    this.rest = lines.pop() ?? ''
    for (const line of lines) this.read(line)
    // What has no end would be joined again and again.
    if (this.rest.length > REPORT_LIMITS.lineLength) {
      this.line++
      this.fail(`a line of LCOV has at most ${REPORT_LIMITS.lineLength} characters`)
    }
  }

  end() {
    if (this.rest !== '') this.read(this.rest)
    if (this.file !== null) this.fail(`the file ends inside the record of ${this.file}`)
    const counted = { lines: zero(), functions: zero(), branches: zero() }
    for (const hits of this.files.values())
      for (const [what, isHit] of hits) {
        const counter =
          counted[what.startsWith('l') ? 'lines' : what.startsWith('f') ? 'functions' : 'branches']
        counter.total++
        if (isHit) counter.covered++
      }
    const measure = (what: keyof typeof TOTALS): Measure => {
      const [hit, found] = TOTALS[what]
      return {
        stated: counterOf(this.sums.get(hit) ?? null, this.sums.get(found) ?? null),
        counted: detailed(counted[what]),
      }
    }
    const facts = coverageFacts({
      files: this.files.size,
      lines: measure('lines'),
      functions: measure('functions'),
      branches: measure('branches'),
    })
    return { format: 'lcov' as const, facts }
  }

  private read(written: string): void {
    this.line++
    const line = written.trimEnd()
    if (line === '' || line.startsWith('#')) return
    if (line === 'end_of_record') {
      if (this.file === null) this.fail('end_of_record stands where no record has begun')
      this.file = null
      return
    }
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon))
    if (!/^[A-Z]{2,8}$/.test(name)) this.fail('this is no line of LCOV; wanted NAME:VALUE or end_of_record')
    const value = line.slice(colon + 1)
    if (name === 'SF') this.begin(value)
    else if (this.file !== null) this.entry(name, value)
    else if (name !== 'TN' && name !== 'VER') this.fail(`${name} stands before the SF of its file`)
  }

  private begin(path: string): void {
    if (this.file !== null) this.fail(`the record of ${this.file} is not ended`)
    this.file = keptName(path)
    if (!this.files.has(path)) this.files.set(path, new Map())
    this.hits = this.files.get(path) ?? new Map()
  }
  private hits = new Map<string, boolean>()

  private entry(name: string, value: string): void {
    if (++this.entries > REPORT_LIMITS.values)
      this.fail(`a report has at most ${REPORT_LIMITS.values} entries`)
    const parts = value.split(',')
    if (name === 'DA') this.hit(`l${this.whole(parts[0])}`, this.taken(parts[1]))
    // A name may hold commas, and its count stands first.
    else if (name === 'FNDA') this.hit(`f${parts.slice(1).join(',')}`, this.taken(parts[0]))
    else if (name === 'BRDA') {
      const [line, block, branch] = parts
      this.hit(`b${this.whole(line)},${block},${branch}`, parts[3] === '-' ? 0 : this.taken(parts[3]))
    } else if (
      Object.values(TOTALS)
        .flat()
        .some((total) => total === name)
    )
      this.sums.set(name, (this.sums.get(name) ?? 0) + this.whole(value))
  }

  private hit(what: string, times: number): void {
    this.hits.set(what, times > 0 || this.hits.get(what) === true)
  }

  private whole(text: string | undefined): number {
    return countOf(text) ?? this.fail('a whole number is missing')
  }

  /** Below zero is how a counter of gcov looks that ran over. */
  private taken(text: string | undefined): number {
    return /^-\d{1,20}$/.test(text ?? '')
      ? 0
      : /^\d{1,20}$/.test(text ?? '')
        ? Number(text)
        : this.fail('how often it ran is missing')
  }

  private fail(message: string): never {
    throw new ReportError({ line: Math.max(1, this.line), column: 1, message })
  }
}

function zero(): Counter {
  return { covered: 0, total: 0 }
}
