import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { Board } from '#components/runs/board/board.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { boardText } from '#lib/runs/board-text.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { parseCount } from '#lib/shared/count.ts'

type Params = { team: string; service: string; number: string }

// The page and its title ask for the same board: one statement answers both.
const readBoard = cache(async (team: string, service: string, number: string) => {
  const actor = await requireMember(team)
  const parsed = parseCount(number)
  const board = parsed === null ? null : await getBoard(actor, { service, number: parsed })
  return { team: actor.team, board }
})

export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const { team, service, number } = await params
  const { board } = await readBoard(team, service, number)
  return { title: board ? `${board.run.service.slug} #${board.run.number}` : 'Run not found' }
}

export default async function RunPage({ params }: { params: Promise<Params> }) {
  const { team: slug, service, number } = await params
  const { board, team } = await readBoard(slug, service, number)
  if (!board) notFound()
  return <Board key={board.run.id} text={boardText(board)} team={{ slug: team.slug, name: team.name }} />
}
