import { z } from 'zod'
import { items, key, text } from './event-parts.ts'

/** Lines of the log about what people were told, and what came back. */
export const noticeEvents = {
  /** `message`: all that was said, receivers included, in the side table. */
  'run.notice_sent': items.extend({
    noticeId: z.uuid(),
    receivers: z.array(
      z.object({ receiverId: z.uuid(), channel: z.string(), memberId: z.uuid().nullable() }),
    ),
    need: z.string(),
    message: text,
    release: z.object({ version: z.string(), commit: z.string(), artifactDigest: z.string().nullable() }),
    expiresAt: z.int(),
  }),
  'run.notice_reminded': z.object({ key, noticeId: z.uuid(), receivers: z.array(z.uuid()) }),
  /** What became of one letter: taken by the other side, or given up with its words. */
  'run.notice_delivered': z.object({
    key,
    noticeId: z.uuid(),
    receiverId: z.uuid(),
    number: z.int(),
    taken: z.boolean(),
    words: z.string(),
  }),
  /** `name`: the person, in the side table. `memberId`: whose account or mailbox it was; null for somebody outside. */
  'run.notice_acknowledged': items.extend({
    noticeId: z.uuid(),
    receiverId: z.uuid(),
    memberId: z.uuid().nullable(),
    name: text,
    signedIn: z.boolean(),
    met: z.boolean(),
  }),
} as const
