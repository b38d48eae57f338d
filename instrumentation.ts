import type { Instrumentation } from 'next'

/** A page that could not be drawn, under its request's id and with the digest that the person is shown. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, context) => {
  const { log } = await import('#lib/server/log.ts')
  log().error({ err: error, route: context.routePath, part: context.routeType }, 'page failed')
}
