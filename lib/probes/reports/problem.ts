/** What is wrong with a file, and where: lines and columns count from 1, columns in UTF-16 units. */
export type ReportProblem = { line: number; column: number; message: string }

/** Thrown inside the readers only, and turned into a value at their door. */
export class ReportError extends Error {
  readonly problem: ReportProblem
  constructor(problem: ReportProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/** A place that is known by its offset alone, in the text that it counts in. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/)
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
