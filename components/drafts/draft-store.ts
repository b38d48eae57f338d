import { utf8Bytes } from '#lib/shared/limits.ts'
import { paths } from '#lib/shared/paths.ts'
import type { Json } from '#lib/shared/result.ts'

/** Sizes in bytes of JSON in UTF-8. A page that goes away may send at most 64 KiB (Fetch, keepalive quota). */
const MOST_WHILE_LEAVING = 64_000

export type Kept = 'kept' | 'too_large' | 'failed'

/** The person's draft under `key`, or undefined when there is none or the server cannot be asked. */
export async function fetchDraft(key: string, signal: AbortSignal): Promise<Json | undefined> {
  try {
    const response = await fetch(paths.api.draft(key), { signal, cache: 'no-store' })
    if (!response.ok) return undefined
    const { draft } = (await response.json()) as { draft: { value: Json } | null }
    return draft?.value
  } catch {
    return undefined
  }
}

/** Keeps the draft on the server; goes on when the page goes away. */
export async function keepDraft(key: string, value: Json): Promise<Kept> {
  const body = JSON.stringify(value)
  const keepalive = utf8Bytes(body) <= MOST_WHILE_LEAVING
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(paths.api.draft(key), { method: 'PUT', keepalive, headers, body })
    return response.ok ? 'kept' : response.status === 413 ? 'too_large' : 'failed'
  } catch {
    return 'failed'
  }
}

/** Forgets the draft. When that fails it comes back at the next visit; nothing is lost by that. */
export async function dropDraft(key: string): Promise<Kept> {
  try {
    const response = await fetch(paths.api.draft(key), { method: 'DELETE', keepalive: true })
    return response.ok ? 'kept' : 'failed'
  } catch {
    return 'failed'
  }
}
