'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { HydrationMark } from '#components/ui/hydration-mark.tsx'
import { type BoardText, readBoardText } from '#lib/runs/board-text.ts'
import { runQuery } from '#lib/runs/queries.ts'
import { keyedStore } from '../keyed-store.ts'
import { type Desk, DeskContext } from './desk.ts'
import { RunBoard } from './run-board.tsx'

/** One run, live. The page reads it once; from then on the query cache owns it. */
export function Board({ text, team }: { text: BoardText; team: { slug: string; name: string } }) {
  const [desk] = useState<Desk>(() => {
    const board = readBoardText(text)
    const client = new QueryClient()
    client.setQueryData(runQuery(board.run.id).queryKey, board)
    return {
      client,
      runId: board.run.id,
      address: { team: team.slug, service: board.run.service.slug, number: board.run.number },
      pending: keyedStore(),
      editing: keyedStore(),
      refused: keyedStore(),
      overlay: keyedStore(),
      live: keyedStore(),
      filter: keyedStore(),
      last: { itemKey: null },
    }
  })
  return (
    <QueryClientProvider client={desk.client}>
      <DeskContext value={desk}>
        <RunBoard teamName={team.name} />
        <HydrationMark />
      </DeskContext>
    </QueryClientProvider>
  )
}
