import type { ReportObservation } from './observations/report.ts'
import type { Shown } from './shown-fact.ts'

export function ofReport({ report }: ReportObservation): Shown {
  if (report === null)
    return { facts: [{ term: 'Report', text: 'none was pushed for this commit' }], blocks: [] }
  return {
    facts: [
      { term: 'Commit', text: report.commit },
      { term: 'Pushed', text: `${report.pushedAt} by ${report.pushedBy}` },
      { term: 'File', text: report.digest, is: 'digest' },
    ],
    blocks: [],
  }
}
