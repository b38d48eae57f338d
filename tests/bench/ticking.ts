import { randomUUID } from 'node:crypto'
import { runCommand } from '#lib/door/run-command.ts'
import { tickItem, untickItem } from '#lib/runs/commands/items.ts'
import { paths } from '#lib/shared/paths.ts'
import type { Result } from '#lib/shared/result.ts'
import { type Mark, marksOf } from '#tests/support/marks.ts'
import type { SignedIn } from '#tests/support/sessions.ts'
import { actionId, callAction } from '#tests/support/signed-http.ts'
import type { Ground } from './ground.ts'
import { CLIENTS } from './rate.ts'

export type Next = { mark: Mark; person: SignedIn }

/**
 * Gives each client its next item: its own runs in turn and all their plain items, so that nobody loses a race and no item
 * gathers a history that no real one has.
 */
export async function turns(ground: Ground): Promise<(client: number) => Next> {
  const marks = await marksOf(ground.runs)
  const runs = new Map<number, Mark[]>()
  for (const mark of marks) runs.set(mark.number, [...(runs.get(mark.number) ?? []), mark])
  const lists = Array.from({ length: CLIENTS }, (_, client) => {
    const own = [...runs.values()].filter((_, index) => index % CLIENTS === client)
    const longest = own[0]?.length ?? 0
    return Array.from({ length: longest }, (_, index) =>
      own.flatMap((list) => list.slice(index, index + 1)),
    ).flat()
  })
  const at = lists.map(() => 0)
  return (client) => {
    const list = lists[client] ?? []
    const index = at[client] ?? 0
    at[client] = index + 1
    const mark = list[index % list.length]
    const person = ground.people[client]
    if (!mark || !person) throw new Error(`client ${client} has nothing to tick`)
    return { mark, person }
  }
}

const inputOf = (ground: Ground, { number, key, version }: Mark) => ({
  team: ground.scene.team.slug,
  service: ground.scene.service,
  number,
  key,
  version,
})

function settle(mark: Mark, answer: Result<unknown>): void {
  if (!answer.ok) throw new Error(`${answer.refusal.code}: ${answer.refusal.message}`)
  mark.version += 1
  mark.ticked = !mark.ticked
}

/** A client's next tick or untick through the door in this process. */
export async function doorTicks(ground: Ground): Promise<(client: number) => Promise<void>> {
  const next = await turns(ground)
  return async (client) => {
    const { mark, person } = next(client)
    const call = {
      principal: { kind: 'session' as const, idHash: person.idHash },
      input: inputOf(ground, mark),
      idempotencyKey: randomUUID(),
      requestId: randomUUID(),
    }
    const answer = mark.ticked ? await runCommand(untickItem, call) : await runCommand(tickItem, call)
    settle(mark, answer)
  }
}

/** A client's next tick or untick as a browser sends it: the server action of the production build. */
export async function httpTicks(ground: Ground, url: string): Promise<(client: number) => Promise<void>> {
  const next = await turns(ground)
  const tick = actionId('tickItemAction')
  const untick = actionId('untickItemAction')
  const { team, service } = ground.scene
  return async (client) => {
    const { mark, person } = next(client)
    const answer = await callAction<Result<unknown>>({
      url,
      page: paths.run({ team: team.slug, service, number: mark.number }),
      action: mark.ticked ? untick : tick,
      cookie: person.cookie,
      words: [inputOf(ground, mark), randomUUID()],
    })
    settle(mark, answer)
  }
}
