import { readJson } from '#lib/door/body.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { loadSample, sampleProgress } from '#lib/server/sample-loader.ts'
import { setUp } from '#lib/teams/commands/set-up.ts'

export const access = 'public'

const LIMIT = 16_384

function wantsSample(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'sample' in body && body.sample === true
}

/**
 * The first visit, by page or by command line: `{code, team, name, email, password, sample?}`. Answers 201
 * `{team, sample}`; a refusal is problem+json, with what is wrong by field under `errors`. The sample is extra: when it
 * fails the team stands, and `sample` says why.
 */
export const POST = route(access, async ({ request, principal, requestId }) => {
  const body = await readJson({ request, limit: LIMIT })
  if (!body.ok) return problem(body.refusal)
  const answer = await runCommand(setUp, { principal, input: body.value, requestId })
  if (!answer.ok) return problem(answer.refusal)
  const { team, userId } = answer.value.value
  const sample = wantsSample(body.value) ? await loadSample({ ownerId: userId }) : null
  const loaded = sample?.ok
    ? { loaded: true, ...sample.value }
    : sample && { loaded: false, because: sample.refusal.message }
  return Response.json({ team, sample: loaded }, { status: 201, headers: { 'cache-control': 'no-store' } })
})

/** How far the sample team of a set-up under way is: `{progress}`, one line in words, or null when none is being written. */
export const GET = route(access, async () =>
  Response.json({ progress: sampleProgress() }, { headers: { 'cache-control': 'no-store' } }),
)
