import type { Tx } from '#lib/server/db.ts'
import type { BornTeam } from '../born-team.ts'

export async function applyBornTeam(tx: Tx, { team, owner, roles }: BornTeam): Promise<void> {
  await tx.team.create({ data: team, select: { id: true } })
  await tx.member.create({ data: owner, select: { id: true } })
  await tx.signoffRole.createMany({ data: roles })
}
