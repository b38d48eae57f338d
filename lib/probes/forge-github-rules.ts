import { z } from 'zod'
import type { Told } from './forge-told.ts'
import { joined, type Required } from './forge-wanted.ts'
import type { WantedCheck } from './observations/forge.ts'

// What is read of GitHub's rules (OpenAPI description of repos/get-branch-rules, repos/get-branch, repos/get-status-checks-protection,
// repos/get-pull-request-review-protection).
const reviewFields = {
  required_approving_review_count: z.int().nullish(),
  require_last_push_approval: z.boolean().nullish(),
}
export const githubRules = z.array(
  z.object({
    type: z.string(),
    ruleset_id: z.int().nullish(),
    ruleset_source: z.string().nullish(),
    parameters: z
      .object({
        ...reviewFields,
        require_code_owner_review: z.boolean().nullish(),
        required_reviewers: z.array(z.unknown()).nullish(),
        required_status_checks: z
          .array(z.object({ context: z.string(), integration_id: z.int().nullish() }))
          .nullish(),
      })
      .nullish(),
  }),
)
export type GithubRules = z.infer<typeof githubRules>

export const githubPolicy = z.object({
  contexts: z.array(z.string()),
  checks: z.array(z.object({ context: z.string(), app_id: z.int().nullish() })).nullish(),
  enforcement_level: z.string().nullish(),
})
export type GithubPolicy = z.infer<typeof githubPolicy>
export const githubReviewPolicy = z.object({
  ...reviewFields,
  require_code_owner_reviews: z.boolean().nullish(),
})
export type GithubReviewPolicy = z.infer<typeof githubReviewPolicy>
export const githubBranch = z.object({
  name: z.string(),
  protected: z.boolean(),
  protection: z
    .object({
      enabled: z.boolean().nullish(),
      required_status_checks: githubPolicy.nullish(),
      required_pull_request_reviews: githubReviewPolicy.nullish(),
    })
    .nullish(),
})
export type GithubBranch = z.infer<typeof githubBranch>

const protectionOf = (branch: string): string => `branch protection of ${branch}`
const rulesetOf = ({ ruleset_id, ruleset_source }: GithubRules[number]): string =>
  `ruleset${ruleset_id == null ? '' : ` ${ruleset_id}`}${ruleset_source == null ? '' : ` of ${ruleset_source}`}`
const refusal = ({ status }: Told<unknown>): string => `answered ${status}`

/** Is the branch guarded by a protection of its own, beside the rulesets? It is not known where the branch could not be read. */
export function isProtected(branch: GithubBranch | null): boolean {
  return branch?.protected === true && branch.protection?.enabled !== false
}

/** What the rules want to be green whose reports have names that nobody is told: they cannot be looked for. */
const NAMELESS: Readonly<Record<string, string>> = {
  workflows: 'workflows',
  code_scanning: 'results of code scanning',
}

/** `policy`: the protection's own answer, where the branch's did not say; null where it was not asked. */
export function githubRequiredChecks({ branch, rules, at, policy }: Asked<GithubPolicy>): Required {
  const wanted: WantedCheck[] = []
  const unread: string[] = []
  if (rules.value === null) unread.push(`the rulesets of ${branch} (${refusal(rules)})`)
  for (const rule of rules.value ?? []) {
    const nameless = NAMELESS[rule.type]
    if (nameless !== undefined) unread.push(`which ${nameless} ${rulesetOf(rule)} wants`)
    if (rule.type !== 'required_status_checks') continue
    const checks = rule.parameters?.required_status_checks
    if (checks == null) unread.push(`the checks of ${rulesetOf(rule)}`)
    for (const { context, integration_id } of checks ?? [])
      wanted.push({ name: context, app: integration_id ?? null, rule: rulesetOf(rule) })
  }
  if (at.value === null) unread.push(`the ${protectionOf(branch)} (${refusal(at)})`)
  if (!isProtected(at.value)) return { wanted: joined(wanted), unread }
  const found = at.value?.protection?.required_status_checks ?? policy?.value
  if (found == null)
    unread.push(`the checks of the ${protectionOf(branch)}${policy === null ? '' : ` (${refusal(policy)})`}`)
  else if (found.enforcement_level !== 'off') wanted.push(...ofPolicy(found, protectionOf(branch)))
  return { wanted: joined(wanted), unread }
}

/** No program in particular is null, and -1 in older answers. */
function ofPolicy({ contexts, checks }: GithubPolicy, rule: string): WantedCheck[] {
  const named = (checks ?? []).map(({ context, app_id }) => ({
    name: context,
    app: app_id == null || app_id < 0 ? null : app_id,
    rule,
  }))
  const others = contexts.filter((context) => !named.some(({ name }) => name === context))
  return [...named, ...others.map((name) => ({ name, app: null, rule }))]
}

export type Asked<Policy> = {
  branch: string
  rules: Told<GithubRules>
  at: Told<GithubBranch>
  policy: Told<Policy> | null
}

export function githubRequiredReviews({ branch, rules, at, policy }: Asked<GithubReviewPolicy>): {
  rules: { name: string; count: number; met: null }[]
  unread: string[]
  owners: boolean
  lastPush: boolean
} {
  const unread: string[] = []
  if (rules.value === null) unread.push(`the rulesets of ${branch} (${refusal(rules)})`)
  const wishes = (rules.value ?? []).flatMap((rule) => {
    if (rule.type !== 'pull_request') return []
    const { parameters } = rule
    if (parameters == null) unread.push(`the approvals of ${rulesetOf(rule)}`)
    const isOfSome = parameters?.require_code_owner_review === true
    const owners = isOfSome || (parameters?.required_reviewers ?? []).length > 0
    return [{ name: rulesetOf(rule), ...countsOf(parameters), owners }]
  })
  if (at.value === null) unread.push(`the ${protectionOf(branch)} (${refusal(at)})`)
  if (isProtected(at.value)) {
    const found = at.value?.protection?.required_pull_request_reviews ?? policy?.value
    if (found == null)
      unread.push(
        `the approvals of the ${protectionOf(branch)}${policy === null ? '' : ` (${refusal(policy)})`}`,
      )
    else {
      const owners = found.require_code_owner_reviews === true
      wishes.push({ name: protectionOf(branch), ...countsOf(found), owners })
    }
  }
  return {
    rules: wishes.flatMap(({ name, count, owners, lastPush }) =>
      count > 0 || owners || lastPush ? [{ name, count, met: null }] : [],
    ),
    unread,
    owners: wishes.some(({ owners }) => owners),
    lastPush: wishes.some(({ lastPush }) => lastPush),
  }
}

const countsOf = (of: z.infer<z.ZodObject<typeof reviewFields>> | null | undefined) => ({
  count: of?.required_approving_review_count ?? 0,
  lastPush: of?.require_last_push_approval === true,
})
