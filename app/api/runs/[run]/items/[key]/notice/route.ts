import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { getNoticeOffer } from '#lib/notify/read/notice-offer.ts'
import { NO_RUN, runReader } from '../../../run-reader.ts'

export const access = 'session'
export const dynamic = 'force-dynamic'

/** What the notice of one item would say now, and to whom. */
export const GET = route<{ run: string; key: string }>(access, async ({ principal }, { run: runId, key }) => {
  const reader = await runReader({ principal, runId })
  const known = reader !== null && !key.includes('\u0000')
  const offer = known ? await getNoticeOffer(reader.actor, { runId, key }) : null
  return offer ? Response.json(offer, { headers: { 'cache-control': 'no-store' } }) : problem(NO_RUN)
})
