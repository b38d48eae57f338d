'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { announce } from '#components/ui/announce.ts'
import type { BoardView } from '#lib/runs/board.ts'
import { heldBoard, holdBoard, holdDelta, holdPresence, runQuery } from '#lib/runs/queries.ts'
import { RUN_STATE_WORDS } from '#lib/shared/words.ts'
import { useDesk } from './board/desk.ts'
import { type LiveState, useLiveRun } from './live/use-live-run.ts'
import { useBoard } from './use-board.ts'
import { useKeyed } from './use-keyed.ts'

const POLL_MS = 5_000

function verdictWords({ gate, run }: BoardView): string {
  if (run.state !== 'preparing' && run.state !== 'deploying')
    return `The run is ${RUN_STATE_WORDS[run.state]}`
  return gate.go ? 'The gate says GO' : `The gate says NO-GO, ${gate.reasons.length} reasons`
}

/** Follows the run: the live stream feeds the board, polling stands in while it is cut, changes of the verdict are said. */
export function useBoardNews(): LiveState {
  const desk = useDesk()
  const router = useRouter()
  const live = useKeyed(desk.live, 'now') ?? 'connecting'
  useLiveRun({
    runId: desk.runId,
    after: () => heldBoard(desk)?.seq ?? 0,
    onBoard: (board) => holdBoard(desk, board),
    onDelta: (delta) => holdDelta(desk, delta),
    onPresence: (presence) => holdPresence(desk, presence),
    onState: (state) => desk.live.set('now', state),
    // The server knows where the person belongs now: the page asks it.
    onEnd: () => router.refresh(),
  })
  useQuery({ ...runQuery(desk.runId), refetchInterval: live === 'cut' ? POLL_MS : false, select: () => null })
  const words = useBoard(verdictWords)
  const said = useRef(words)
  useEffect(() => {
    if (said.current === words) return
    said.current = words
    announce(words)
  }, [words])
  return live
}
