import { AsyncLocalStorage } from 'node:async_hooks'
import { newId } from './ids.ts'

/** What is known about the request that is being answered; whoever learns more writes it here. */
export type CurrentRequest = {
  readonly id: string
  userId?: string
  tokenId?: string
  /** The command that it carried to the door, and the code of the refusal if there was one. */
  command?: string
  refusal?: string
}

// The server entry opens it, pages, routes and actions read it: they are separate bundles of one process.
const place = globalThis as { countersignRequests?: AsyncLocalStorage<CurrentRequest> }

function storage(): AsyncLocalStorage<CurrentRequest> {
  place.countersignRequests ??= new AsyncLocalStorage()
  return place.countersignRequests
}

export const REQUEST_ID_HEADER = 'x-request-id'

/** The id that a proxy in front gave, if it looks like one: it goes into logs and answers as it is. Else a new one. */
export function requestIdFrom(given: string | string[] | null | undefined): string {
  return typeof given === 'string' && /^[\w.-]{8,128}$/.test(given) ? given : newId()
}

/** The request that is being answered, or undefined in a worker. */
export function currentRequest(): CurrentRequest | undefined {
  return storage().getStore()
}

/** Writes down what was learnt about the current request; nothing outside of one. */
export function noteRequest(more: Partial<Omit<CurrentRequest, 'id'>>): void {
  Object.assign(currentRequest() ?? {}, more)
}

/** Runs `work` as the answer to `request`; inside of one that one goes on. */
export function inRequest<T>(request: CurrentRequest, work: () => T): T {
  return currentRequest() ? work() : storage().run(request, work)
}
