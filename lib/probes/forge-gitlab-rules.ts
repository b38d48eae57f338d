import { z } from 'zod'
import type { Told } from './forge-told.ts'
import type { Required } from './forge-wanted.ts'
import type { RequiredReviews, WantedCheck } from './observations/forge.ts'

// What is read of GitLab's rules (doc/api: projects, merge_request_approvals, pipelines, status_checks).
export const gitlabProject = z.object({
  only_allow_merge_if_pipeline_succeeds: z.boolean().nullish(),
  /** Of the tier that has external status checks. */
  only_allow_merge_if_all_status_checks_passed: z.boolean().nullish(),
})
export type GitlabProject = z.infer<typeof gitlabProject>
export const gitlabPipeline = z.object({
  id: z.number(),
  sha: z.string(),
  status: z.string(),
  web_url: z.string().nullish(),
  updated_at: z.string().nullish(),
})
export const gitlabExternalCheck = z.object({
  name: z.string(),
  status: z.string(),
  external_url: z.string().nullish(),
})
/** `approvals_required` and the rules are of the paid tiers. */
export const gitlabApprovalCount = z.object({
  approvals_required: z.int().nullish(),
  approvals_left: z.int().nullish(),
})
export const gitlabApprovalState = z.object({
  rules: z.array(
    z.object({
      name: z.string(),
      rule_type: z.string().nullish(),
      approvals_required: z.int(),
      approved: z.boolean(),
    }),
  ),
})

/** Of two commits; what differs is not whole where it took too long. */
export const gitlabComparison = z.object({ diffs: z.array(z.unknown()), compare_timeout: z.boolean() })

export const PIPELINE = 'pipeline'

/** `external`: null where the project does not want them. */
export function gitlabRequiredChecks({
  of,
  project,
  external,
}: {
  of: string
  project: Told<GitlabProject>
  external: Told<z.infer<typeof gitlabExternalCheck>[]> | null
}): Required {
  const settings = project.value
  const wants = settings?.only_allow_merge_if_pipeline_succeeds
  const unread: string[] = []
  if (settings === null) unread.push(`the settings of ${of} (answered ${project.status})`)
  else if (wants == null) unread.push(`whether pipelines must succeed in ${of}: the token may not see it`)
  if (external?.value === null)
    unread.push(`the external status checks of ${of} (answered ${external.status})`)
  const wanted: WantedCheck[] = [
    ...(wants === true ? [{ name: PIPELINE, app: null, rule: `“Pipelines must succeed” of ${of}` }] : []),
    ...(external?.value ?? []).map(({ name }) => ({
      name,
      app: null,
      rule: `“Status checks must succeed” of ${of}`,
    })),
  ]
  return { wanted, unread }
}

export function gitlabRequiredReviews(
  of: string,
  {
    count,
    state,
  }: {
    count: z.infer<typeof gitlabApprovalCount>
    state: Told<z.infer<typeof gitlabApprovalState>>
  },
): RequiredReviews {
  const needed = count.approvals_required ?? 0
  const whole =
    needed === 0
      ? []
      : [{ name: `approvals of ${of}`, count: needed, met: (count.approvals_left ?? needed) === 0 }]
  const rules = (state.value?.rules ?? []).flatMap(({ name, approvals_required, approved }) =>
    approvals_required === 0 ? [] : [{ name: `rule “${name}”`, count: approvals_required, met: approved }],
  )
  return { of, unread: [], rules: [...whole, ...rules], owners: false, lastPush: false, pushedBy: null }
}
