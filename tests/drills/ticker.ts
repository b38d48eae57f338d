import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { paths } from '#lib/shared/paths.ts'
import type { Result } from '#lib/shared/result.ts'
import type { Scene } from '#tests/commands/runs/fixture.ts'
import type { Mark } from '#tests/support/marks.ts'
import type { SignedIn } from '#tests/support/sessions.ts'
import { actionId, callAction } from '#tests/support/signed-http.ts'

/** One tick or untick that the server said it had recorded. */
export type Acknowledged = {
  runId: string
  itemId: string
  key: string
  /** The item's version after it. */
  version: number
  kind: 'tick' | 'untick'
  seq: number
  memberId: string
}

const PAUSE_MS = 100
const PATIENCE_MS = 90_000

/**
 * One person's tab: ticks and unticks its own items in turn until told to stop, and sends every act again under its one key
 * until it is acknowledged, as the app's own page does. Any refusal but "our fault" is a failure: nobody else is at these items.
 */
export async function tickAway({
  url,
  scene,
  person,
  marks,
  acknowledged,
  enough,
}: {
  url: string
  scene: Scene
  person: SignedIn
  marks: Mark[]
  acknowledged: (act: Acknowledged) => void
  enough: () => boolean
}): Promise<void> {
  const { team, service } = scene
  for (let turn = 0; !enough(); turn += 1) {
    const mark = marks[turn % marks.length]
    if (!mark) throw new Error('a client has nothing to tick')
    const { runId, number, key, version, itemId } = mark
    const kind = mark.ticked ? 'untick' : 'tick'
    const call = {
      url,
      page: paths.run({ team: team.slug, service, number }),
      action: actionId(`${kind}ItemAction`),
      cookie: person.cookie,
      words: [{ team: team.slug, service, number, key, version }, randomUUID()],
    }
    const answer = await untilAnswered(() => callAction<Result<{ seq: number }>>(call))
    acknowledged({
      runId,
      itemId,
      key,
      version: version + 1,
      kind,
      seq: answer.seq,
      memberId: person.memberId,
    })
    mark.version += 1
    mark.ticked = !mark.ticked
  }
}

async function untilAnswered(call: () => Promise<Result<{ seq: number }>>): Promise<{ seq: number }> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(PAUSE_MS)) {
    const answer = await call().catch((error: Error) => error)
    if (!(answer instanceof Error)) {
      if (answer.ok) return answer.value
      if (answer.refusal.code !== 'surprise')
        throw new Error(`${answer.refusal.code}: ${answer.refusal.message}`)
    }
    if (Date.now() > until) {
      const last = answer instanceof Error ? answer.message : 'the server said that it had a surprise'
      throw new Error(`nothing was acknowledged for ${PATIENCE_MS / 1000} s: ${last}`)
    }
  }
}
