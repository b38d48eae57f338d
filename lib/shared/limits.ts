/**
 * Every limit of the product, once: Zod schemas, documentation and screens read this table.
 * Sizes are bytes of UTF-8 unless the name says otherwise.
 */
export const LIMITS = {
  templateBytes: 1_000_000,
  templateItems: 2_000,
  probesAtOncePerTeam: 200,
  membersPerTeam: 500,
  attachmentBytes: 10_000_000,
  transcriptBytes: 10_000_000,
  evidenceBytesPerRun: 200_000_000,
  noteBytes: 4_000,
  /** 2,000 items, each with a note and a reason of full length. */
  signingTextBytes: 24_000_000,
  /** What one server action takes: a template of full length, each of its characters escaped. */
  actionBytes: 4_000_000,
} as const

export type LimitName = keyof typeof LIMITS

/** Length of `text` in bytes of UTF-8, the unit of every size in the table. */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length
}
