import { db } from '#lib/server/db.ts'
import { createTeam } from '#lib/teams/commands/create-team.ts'
import { minutesAfter, momentOf } from './sample/calendar.ts'
import { carry } from './sample/carry.ts'
import { historyBefore } from './sample/history.ts'
import { runInProgress } from './sample/in-progress.ts'
import { type PrivateTarget, privateLooks } from './sample/looks.ts'
import { dismissPeople, hirePeople } from './sample/people.ts'
import { writeRun } from './sample/perform.ts'
import { furnish } from './sample/place.ts'

export type SampleMember = { name: string; email: string; password: string; does: string }
/** `team`: the slug. `target`: where the sample target stands; its page breaks and repairs what the probes look at. */
export type LoadedSample = { team: string; name: string; target: string; members: SampleMember[] }

const SYSTEM = { kind: 'system', name: 'Countersign' } as const

/**
 * Writes a sample team of its own through the commands, with the clock of its story: people for every role, a service, the
 * shipped checklist, eight weeks of runs and one under way. A second one gets a name and addresses of its own. Throws
 * `NotWritten` with the words of a refusal; what was written until then stays, as nothing in a record is deleted.
 *
 * `port`: where the sample target will stand on this machine. `target`: one of the caller's own to look at meanwhile.
 */
export async function loadSampleTeam({
  ownerId,
  port,
  target,
  now = new Date(),
  say = () => undefined,
}: {
  ownerId: string
  port: number
  target: PrivateTarget
  now?: Date
  say?: (line: string) => void
}): Promise<LoadedSample> {
  say('Making the team and its people')
  const nth = (await db().team.count({ where: { sample: true } })) + 1
  const name = nth === 1 ? 'Sample: Acme Health' : `Sample: Acme Health ${nth}`
  const from = momentOf({ weeksAgo: 9, weekday: 0, hour: 8, minute: 4 }, now)
  const { team } = await carry(createTeam, {
    principal: SYSTEM,
    input: { name, sample: true, ownerId },
    at: from,
  })
  const people = await hirePeople({ team, nth, from: minutesAfter(from, 9.2) })
  const place = await furnish({ team, port, by: people.lea.principal, from: minutesAfter(from, 300) })
  const look = privateLooks({ target, place })
  const stories = [...historyBefore(now), runInProgress(now)]
  for (const [index, story] of stories.entries()) {
    say(`Writing run ${index + 1} of ${stories.length}: ${story.version} to ${story.environment}`)
    await writeRun({ story, place, people, look })
  }
  await dismissPeople(people)
  const members = Object.values(people).map(({ principal: _, ...member }) => member)
  return { team, name, target: `http://${place.allowed}`, members }
}
