import { paths } from '#lib/shared/paths.ts'

/** Seconds that the server gives the session; 'over' when it has ended, 'unreachable' when nobody answered. */
export type Clock = { idleSeconds: number; absoluteSeconds: number } | 'over' | 'unreachable'

async function clockOf(asked: Promise<Response>): Promise<Clock> {
  try {
    const response = await asked
    if (response.status === 401) return 'over'
    if (!response.ok) return 'unreachable'
    return (await response.json()) as Clock
  } catch {
    return 'unreachable'
  }
}

/** Asks for the remaining time without extending it. */
export function readClock(): Promise<Clock> {
  return clockOf(fetch(paths.api.session(), { cache: 'no-store' }))
}

/** Tells the server that the person did something `agoSeconds` ago. */
export function touchClock(agoSeconds: number): Promise<Clock> {
  const headers = { 'content-type': 'application/json' }
  return clockOf(fetch(paths.api.touch(), { method: 'POST', headers, body: JSON.stringify({ agoSeconds }) }))
}

/** Ends the session on the server; false when nobody answered. A session that was over already counts as ended. */
export async function postSignOut(): Promise<boolean> {
  try {
    // Not followed: the answer leads to the sign-in page, which the caller opens as a page.
    await fetch(paths.api.signOut(), { method: 'POST', redirect: 'manual' })
    return true
  } catch {
    return false
  }
}
