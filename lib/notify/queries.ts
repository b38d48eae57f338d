import { queryOptions } from '@tanstack/react-query'
import { readJson } from '#lib/runs/queries.ts'
import { paths } from '#lib/shared/paths.ts'
import type { NoticeOffer } from './notice-offer.ts'

/** What sending would say, and to whom; asked anew each time, because the environment may have changed. */
export function noticeOfferQuery({ runId, key, version }: { runId: string; key: string; version: number }) {
  return queryOptions<NoticeOffer>({
    queryKey: ['run', runId, 'notice', key, version],
    queryFn: () => readJson<NoticeOffer>(paths.api.runItemNotice({ runId, key })),
    staleTime: 0,
    gcTime: 0,
    retry: 1,
  })
}
