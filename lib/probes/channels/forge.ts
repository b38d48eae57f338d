import { setTimeout as sleep } from 'node:timers/promises'
import {
  asksAtHead,
  asksChecks,
  asksMergeable,
  asksPull,
  asksRequiredChecks,
  asksRequiredReviews,
  asksReviews,
  type ForgeProbe,
} from '#lib/probes/kinds/forge.ts'
import { FORGE_KEPT, type ForgeObservation } from '#lib/probes/observations/forge.ts'
import { placed } from '#lib/probes/place.ts'
import { maskSecrets } from '#lib/probes/redact.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { forgeApi } from './forge-api.ts'
import { type ForgeSource, type FoundRequest, githubSource, gitlabSource } from './forge-source.ts'
import { observedTls } from './phases.ts'

type Details = Omit<
  ForgeObservation,
  'v' | 'kind' | 'at' | 'configHash' | 'connection' | 'phases' | 'error' | 'tls' | 'forge' | 'tries'
>
type ForgeAttempt = Attempt<ForgeProbe, Details>

/** How often it is asked again whether a request can be merged, while the forge computes it, and how long it is given. */
const AGAIN_MS = 700
const ASKED_MOST = 20

/** Finds the pull or merge request of a commit and what the forge knows of both; GET and nothing else. */
export const forgeChannel: Channel<ForgeProbe, Details, ForgeObservation> = {
  blank: () => ({
    ...{ repository: null, commit: null, requests: [], found: null, pull: null },
    ...{ reviews: null, checks: null, totals: { reviews: 0, checks: 0 } },
  }),
  async look(attempt) {
    const { config, details } = attempt
    const repository = filled(attempt, config.repository)
    const commit = filled(attempt, config.commit).toLowerCase()
    const source = sourceOf(attempt, repository)
    if (!/^[0-9a-f]{7,40}$/.test(commit))
      throw new ProbeStopped(
        'config',
        `${config.commit} does not become a commit: 7 to 40 hexadecimal digits`,
      )
    const sha = await source.commit(commit)
    // A branch may be called like digits too; what it points at is another commit.
    if (!sha.startsWith(commit)) throw new ProbeStopped('query', `${repository} has no commit ${commit}`)
    details.commit = sha
    if (asksPull(config)) await lookAtPull(attempt, { source, sha })
    if (asksChecks(config)) {
      const checks = await source.checks(sha)
      details.totals.checks = checks.length
      details.checks = checks.slice(0, FORGE_KEPT)
    }
  },
  seen: ({ config, details, trace, startedAt }) => ({
    ...details,
    forge: config.forge,
    tls: observedTls(trace, startedAt),
  }),
}

function filled({ environment }: ForgeAttempt, text: string): string {
  const done = placed(text, environment)
  if (!done.ok) throw new ProbeStopped('config', done.message)
  return done.text
}

function sourceOf(attempt: ForgeAttempt, repository: string): ForgeSource {
  const { config, environment, details } = attempt
  const { forge, token, url } = config
  const written = [
    ...(token === null ? [] : [{ name: 'authorization', value: `Bearer $\{${token}}` }]),
    ...(forge === 'github'
      ? [
          { name: 'accept', value: 'application/vnd.github+json' },
          { name: 'x-github-api-version', value: '2022-11-28' },
        ]
      : [{ name: 'accept', value: 'application/json' }]),
  ]
  const planned = plannedRequest({ config: { url, headers: written }, environment })
  if (!planned.ok) throw new ProbeStopped('config', planned.message)
  attempt.secrets = planned.secrets
  const { hop } = planned
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hop.url.hostname)
  if (token !== null && hop.url.protocol !== 'https:' && !isLocal)
    throw new ProbeStopped('config', `a token is sent over https only; ${url} is not`)
  details.repository = maskSecrets(repository, attempt.secrets)
  const isOne =
    /^[\w.-]+(?:\/[\w.-]+)+$/.test(repository) && !repository.split('/').some((part) => /^\.+$/.test(part))
  if (!isOne || (forge === 'github' && repository.split('/').length !== 2))
    throw new ProbeStopped(
      'config',
      `${config.repository} does not become a repository in ${environment.name ?? 'this environment'}`,
    )
  const api = forgeApi(attempt, { base: hop, written, forge, what: repository, token })
  return forge === 'github' ? githubSource(api, repository) : gitlabSource(api, repository)
}

async function lookAtPull(
  attempt: ForgeAttempt,
  { source, sha }: { source: ForgeSource; sha: string },
): Promise<void> {
  const { config, details, guard } = attempt
  const chosen = chosenOf(await source.withCommit(sha))
  details.found = chosen.length
  const [only] = chosen
  if (only === undefined || chosen.length > 1) return
  details.pull = await source.request(only.number)
  if (asksReviews(config)) {
    const reviews = await source.reviews(details.pull, { atHead: asksAtHead(config) })
    details.totals.reviews = reviews.length
    details.reviews = reviews.slice(0, FORGE_KEPT)
  }
  if (asksRequiredChecks(config) || asksRequiredReviews(config))
    details.required = {
      checks: asksRequiredChecks(config) ? await source.requiredChecks(details.pull, sha) : null,
      reviews: asksRequiredReviews(config) ? await source.requiredReviews(details.pull) : null,
    }
  if (!asksMergeable(config)) return
  for (let asked = 1; asked < ASKED_MOST && source.isUndecided(details.pull); asked++) {
    // When the time runs out meanwhile, what is known so far is judged: that it is not computed yet.
    if (!(await waits(AGAIN_MS, attempt)) || guard.signal.aborted) return
    details.pull = await source.request(only.number)
  }
}

/** Those that can be meant: the one that the commit is the end or the merge of, before those that merely hold it; open before closed. */
function chosenOf(found: readonly FoundRequest[]): readonly FoundRequest[] {
  const narrowed = (all: readonly FoundRequest[], isBetter: (one: FoundRequest) => boolean) => {
    const better = all.filter(isBetter)
    return better.length > 0 ? better : all
  }
  const exact = narrowed(found, ({ isExact }) => isExact)
  return narrowed(exact, ({ isOpen, isMerged }) => isOpen || isMerged)
}

/** Waits unless the time of the attempt would not be enough for the wait and one more question; false then. */
async function waits(ms: number, { config, startedAt, guard }: ForgeAttempt): Promise<boolean> {
  const left = startedAt.getTime() + config.timeoutMs - Date.now()
  if (left < ms * 2) return false
  try {
    await sleep(ms, undefined, { signal: guard.signal })
    return true
  } catch {
    return false
  }
}
