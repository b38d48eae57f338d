import { type AuthorInput, emailIn } from '#lib/runs/author.ts'
import type { Tx } from '#lib/server/db.ts'

/** The member of the team whom an author's input means: by id, or by the e-mail address in what was typed. */
export async function findAuthorMember({
  tx,
  teamId,
  given,
}: {
  tx: Tx
  teamId: string
  given: AuthorInput | undefined
}): Promise<{ memberId: string; name: string } | null> {
  if (!given) return null
  const memberId = 'memberId' in given ? given.memberId : null
  const email = 'name' in given ? emailIn(given.name) : null
  const rows = await tx.$queryRaw<{ memberId: string; name: string }[]>`
    SELECT m.id AS "memberId", u.name FROM member m JOIN user_account u ON u.id = m.user_id
    WHERE m.team_id = ${teamId}::uuid AND (m.id = ${memberId}::uuid OR u.email = ${email}::text)`
  return rows[0] ?? null
}
