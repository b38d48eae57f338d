import type { Instrumentation } from 'next'

/** Next bundles this file for its edge runtime too, where nothing of lib/server may go: lib/server/request-log.ts listens. */
const place = globalThis as { countersignPageFailed?: (error: unknown, route: string, part: string) => void }

export const onRequestError: Instrumentation.onRequestError = (error, _request, context) => {
  place.countersignPageFailed?.(error, context.routePath, context.routeType)
}
