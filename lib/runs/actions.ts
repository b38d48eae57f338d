'use server'

import { action } from '#lib/door/action.ts'
import { attachEvidence, withdrawEvidence } from './commands/attachments.ts'
import { cancelProbes } from './commands/cancel-probes.ts'
import {
  failItem,
  markNotApplicable,
  noteItem,
  tickItem,
  untickItem,
  verifyNotApplicable,
  witnessItem,
} from './commands/items.ts'
import { answerFact, correctRelease } from './commands/mid-run.ts'
import { openRun } from './commands/open-run.ts'
import { startProbes } from './commands/start-probes.ts'
import {
  abort,
  close,
  finishRollback,
  markDeployed,
  rollBack,
  startDeployment,
  undoDeployed,
} from './commands/steps.ts'
import { probingAgain } from './worker/probe-for-gate.ts'

export const openRunAction = action(openRun)

export const tickItemAction = action(tickItem)
export const untickItemAction = action(untickItem)
export const failItemAction = action(failItem)
export const markNotApplicableAction = action(markNotApplicable)
export const verifyNotApplicableAction = action(verifyNotApplicable)
export const witnessItemAction = action(witnessItem)
export const noteItemAction = action(noteItem)
export const attachEvidenceAction = action(attachEvidence)
export const withdrawEvidenceAction = action(withdrawEvidence)

export const startDeploymentAction = action(startDeployment, probingAgain)
export const markDeployedAction = action(markDeployed)
export const undoDeployedAction = action(undoDeployed)
export const rollBackAction = action(rollBack)
export const finishRollbackAction = action(finishRollback)
export const abortAction = action(abort)
export const closeAction = action(close)
export const correctReleaseAction = action(correctRelease)
export const answerFactAction = action(answerFact)

export const startProbesAction = action(startProbes)
export const cancelProbesAction = action(cancelProbes)
