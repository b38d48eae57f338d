import { z } from 'zod'
import { isReportName } from '#lib/probes/kinds/report.ts'
import { FORMAT_NAMES } from '#lib/probes/reports/formats.ts'
import { REPORT_LIMITS } from '#lib/probes/reports/limits.ts'
import { releaseFields } from './open-input.ts'

const missing = (name: string) => `Add ${name}= to the address.`
// An unset variable of a pipeline arrives as `name=`: that is a mistake and no report without a name.
const present = (name: string) => z.string({ error: missing(name) }).min(1, missing(name))

export const placeQuery = { service: present('service'), environment: present('environment') }

/** What stands in the address of a pushed report. */
export const reportQuery = z.object({
  ...placeQuery,
  commit: present('commit').pipe(releaseFields.commit),
  run: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'Give the number of the run, such as 42, or leave run= out.')
    .transform(Number)
    .nullable()
    .default(null),
  name: z
    .string()
    .refine(isReportName, `Give a name of 1 to ${REPORT_LIMITS.nameLength} characters, or leave name= out.`)
    .nullable()
    .default(null),
  format: z
    .enum(FORMAT_NAMES, `Give one of ${FORMAT_NAMES.join(', ')}, or leave format= out.`)
    .nullable()
    .default(null),
})
