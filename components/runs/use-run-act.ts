'use client'
import { useState } from 'react'
import { sendCommand } from '#components/send-command.ts'
import { announce } from '#components/ui/announce.ts'
import { toast } from '#components/ui/toast-store.ts'
import {
  abortAction,
  closeAction,
  finishRollbackAction,
  markDeployedAction,
  rollBackAction,
  startDeploymentAction,
  undoDeployedAction,
} from '#lib/runs/actions.ts'
import type { RunAct } from '#lib/runs/board.ts'
import type { RunAddress } from '#lib/shared/paths.ts'
import type { Result } from '#lib/shared/result.ts'
import { useDesk } from './board/desk.ts'

export type StepAct = Exclude<RunAct, 'probe' | 'correctRelease' | 'answerFact'>
type Said = { reason: string; deployed: boolean | null }

const DONE: Record<StepAct, string> = {
  startDeployment: 'Deployment started: the deploy steps are open',
  markDeployed: 'Marked as deployed: the verify items are open',
  undoDeployed: '“Deployed” taken back',
  rollBack: 'Rolling back: the rollback steps are open',
  finishRollback: 'The run is rolled back',
  abort: 'The run is aborted',
  close: 'The run is closed',
}

function send(act: StepAct, address: RunAddress, { reason, deployed }: Said): Promise<Result<unknown>> {
  const label = DONE[act]
  switch (act) {
    case 'startDeployment':
      return sendCommand({ action: startDeploymentAction, input: address, label })
    case 'markDeployed':
      return sendCommand({ action: markDeployedAction, input: address, label })
    case 'finishRollback':
      return sendCommand({ action: finishRollbackAction, input: address, label })
    case 'close':
      return sendCommand({ action: closeAction, input: address, label })
    case 'undoDeployed':
      return sendCommand({ action: undoDeployedAction, input: { ...address, reason }, label })
    case 'rollBack':
      return sendCommand({ action: rollBackAction, input: { ...address, reason }, label })
    case 'abort':
      return sendCommand({ action: abortAction, input: { ...address, reason, deployed }, label })
  }
}

/** The steps of the whole run. The board itself follows by the live stream; here are the pending state and the words. */
export function useRunAct() {
  const desk = useDesk()
  const [pendingAct, setPendingAct] = useState<StepAct | null>(null)
  const [error, setError] = useState<string>()

  async function run(act: StepAct, said: Said = { reason: '', deployed: null }): Promise<boolean> {
    if (pendingAct) return false
    setPendingAct(act)
    setError(undefined)
    const answer = await send(act, desk.address, said)
    setPendingAct(null)
    if (answer.ok) {
      announce(DONE[act])
      toast({ tone: 'go', title: DONE[act] })
    } else {
      setError(answer.refusal.message)
      announce(answer.refusal.message, { assertive: true })
    }
    return answer.ok
  }

  return { run, pendingAct, error }
}
