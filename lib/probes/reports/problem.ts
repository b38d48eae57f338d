/** What is wrong with a file, and where: lines and columns count from 1, columns in UTF-16 units. */
export type ReportProblem = Place & { message: string }
export type Place = { line: number; column: number }

/** Thrown inside the readers only, and turned into a value at their door. */
export class ReportError extends Error {
  readonly problem: ReportProblem
  constructor(problem: ReportProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Counts lines and columns of a text that comes in pieces; only ever forward, so that it costs what reading costs. */
export class PlaceClock {
  private line = 1
  private column = 1
  private counted = 0
  private afterReturn = false

  at(text: string, offset: number): Place {
    for (; this.counted < offset; this.counted++) {
      const code = text.charCodeAt(this.counted)
      const isFeed = code === 10
      if (isFeed && this.afterReturn) {
        // The second half of one line break.
      } else if (isFeed || code === 13) {
        this.line++
        this.column = 1
      } else this.column++
      this.afterReturn = code === 13
    }
    return { line: this.line, column: this.column }
  }

  /** The text is cut at `offset`: from here on it is another one. */
  leave(text: string, offset: number): void {
    this.at(text, offset)
    this.counted = 0
  }
}
