import { isMember } from '#lib/access/actor.ts'
import { mintActor } from '#lib/auth/mint.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { readFilters } from '#lib/runs/history-filters.ts'
import { type HistoryRow, listHistory } from '#lib/runs/read/history.ts'
import { csvLine } from '#lib/shared/csv.ts'

export const access = 'session'

const PAGE = 500
const HEAD = [
  'service',
  'number',
  'environment',
  'state',
  'version',
  'commit',
  'artifact_digest',
  'commit_author',
  'change_ticket',
  'opened_by',
  'opened_at',
  'started_at',
  'deployed_at',
  'ended_at',
  'signatures',
]

/** A sample says so on every line: a line is what gets copied into another table. */
function line(row: HistoryRow, sample: boolean): string {
  const iso = (at: Date | null): string | null => at?.toISOString() ?? null
  return csvLine([
    row.service,
    row.number,
    row.environment,
    row.state,
    row.version,
    row.commit,
    row.artifactDigest,
    row.author,
    row.changeTicket,
    row.openedBy,
    iso(row.openedAt),
    iso(row.startedAt),
    iso(row.deployedAt),
    iso(row.endedAt),
    row.signers.map(({ role, name, decision }) => `${role}: ${name} (${decision})`).join('; '),
    ...(sample ? ['SAMPLE'] : []),
  ])
}

/** The whole filtered history as CSV, page by page, so that its size never lies in memory. Times in UTC. */
export const GET = route<{ team: string }>('session', async ({ request, principal }, { team }) => {
  const actor = await mintActor({ principal, team })
  if (actor === 'not_signed_in') return problem({ code: 'not_signed_in', message: 'Sign in first.' })
  if (actor === 'not_found' || !isMember(actor))
    return problem({ code: 'not_found', message: 'There is no such team, or it is not yours.' })
  const filters = readFilters(Object.fromEntries(new URL(request.url).searchParams))
  const { sample } = actor.team
  const encoder = new TextEncoder()
  let after: string | null = null
  let begun = false
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!begun) controller.enqueue(encoder.encode(csvLine(sample ? [...HEAD, 'sample'] : HEAD)))
      if (begun && after === null) return controller.close()
      begun = true
      const page = await listHistory(actor, {
        filters: { ...filters, ...(after ? { after } : {}) },
        limit: PAGE,
      })
      after = page.older
      controller.enqueue(encoder.encode(page.rows.map((row) => line(row, sample)).join('')))
      if (after === null) controller.close()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${sample ? 'SAMPLE-' : ''}${team}-history.csv"`,
    },
  })
})
