import type { MemberActor } from '#lib/access/actor.ts'
import type { TeamPerson } from '#lib/runs/open-form.ts'
import { db } from '#lib/server/db.ts'

/** Active members of the actor's team, by name. */
export async function listRunPeople(actor: MemberActor): Promise<TeamPerson[]> {
  return db().$queryRaw<TeamPerson[]>`
    SELECT m.id AS "memberId", u.name FROM member m JOIN user_account u ON u.id = m.user_id
    WHERE m.team_id = ${actor.team.id}::uuid AND m.deactivated_at IS NULL ORDER BY lower(u.name), m.id`
}
