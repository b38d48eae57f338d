import type { z } from 'zod'
import { addressGrammar, addressSchema } from '../address-kind.ts'
import { type CheckOf, FLAG, number, TEXT } from '../checks.ts'

export const SSE_FORMS = {
  /** The server answers with an event stream. */
  open: FLAG,
  /** From the request to the first event. */
  'first-event': number('ms'),
  /** An event of this name comes; one whose data has this text. */
  event: TEXT,
  data: TEXT,
} as const
export type SseCheck = CheckOf<typeof SSE_FORMS>

export const sseProbeSchema = addressSchema('sse', SSE_FORMS)
export type SseProbe = z.infer<typeof sseProbeSchema>

export const sseGrammar = addressGrammar({
  kind: 'sse',
  forms: SSE_FORMS,
  schema: sseProbeSchema,
  example: 'open, first-event < 2s',
})
