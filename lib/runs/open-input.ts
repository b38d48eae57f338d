import { z } from 'zod'
import { authorInput } from './author.ts'

const moment = z.iso.datetime({ offset: true, error: 'Give a date and a time.' }).nullable().default(null)
const blankIsNull = (text: string | null) => text?.trim() || null

/** The release that a run is for. */
export const releaseFields = {
  version: z.string().trim().min(1, 'Give the version, such as v2.14.0.').max(80, 'At most 80 characters.'),
  commit: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f]{7,40}$/, 'Give the commit as 7 to 40 hexadecimal digits, such as 8f3c2d1.'),
  artifactDigest: z
    .string()
    .nullable()
    .default(null)
    .transform(blankIsNull)
    .pipe(
      z
        .string()
        .toLowerCase()
        .regex(/^sha256:[0-9a-f]{64}$/, 'Write sha256: and 64 hexadecimal digits, or leave it empty.')
        .nullable(),
    ),
}

/** What opens a run. Times are ISO 8601 with an offset. */
export const openInput = z
  .object({
    team: z.string(),
    service: z.string().min(1, 'Choose a service.'),
    environment: z.string().min(1, 'Choose an environment.'),
    /** Slug of the template, and the version that the page showed. */
    template: z.string().min(1, 'Choose a template.'),
    templateNumber: z.int().min(1).nullable().default(null),
    ...releaseFields,
    author: authorInput.default(null),
    changeTicket: z
      .string()
      .max(80, 'At most 80 characters.')
      .nullable()
      .default(null)
      .transform(blankIsNull),
    windowStart: moment,
    windowEnd: moment,
    /** Run fact key → yes, no, or not answered. */
    facts: z.record(z.string(), z.boolean().nullable()).default({}),
    /** Keys of the items that the page showed as n/a by a fact answered "no": nothing is set unseen. */
    notApplicable: z.array(z.string().max(200)).max(2000).default([]),
  })
  .refine(
    ({ windowStart, windowEnd }) =>
      !windowStart ||
      !windowEnd ||
      windowStart.length === 0 ||
      Date.parse(windowStart) < Date.parse(windowEnd),
    {
      message: 'The window ends before it starts.',
      path: ['windowEnd'],
    },
  )

export type OpenInput = z.infer<typeof openInput>
