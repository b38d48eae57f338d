import { z } from 'zod'

/** What people typed: it stands in the side table of texts, and only this in the hashed envelope. */
export const text = z.object({ textId: z.uuid(), hash: z.string() }).nullable()
export const key = z.string()
/** An item and its version after the event. */
export const items = z.object({ key, version: z.int() })
