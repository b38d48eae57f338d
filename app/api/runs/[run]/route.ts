import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { NO_RUN, runReader } from './run-reader.ts'

export const access = 'session'
export const dynamic = 'force-dynamic'

/** The board of one run, for a page whose live stream is cut. */
export const GET = route<{ run: string }>(access, async ({ principal }, { run: runId }) => {
  const reader = await runReader({ principal, runId })
  const board = reader ? await getBoard(reader.actor, reader.address) : null
  return board ? Response.json(board, { headers: { 'cache-control': 'no-store' } }) : problem(NO_RUN)
})
