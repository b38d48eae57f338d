import { z } from 'zod'
import type { Actor } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import { decideStep, type StepChange, type StepFacts } from '#lib/runs/decide-step.ts'
import { requiredText, runAddress } from '#lib/runs/item-input.ts'
import type { Tx } from '#lib/server/db.ts'
import { loadWhole } from './load-run.ts'

const REASON = requiredText('Say why, in a sentence.')

const facts = (tx: Tx, input: z.infer<typeof runAddress>, actor: Actor): Promise<StepFacts | null> =>
  loadWhole({ tx, actor, address: input })

async function apply(tx: Tx, { runId, state, times, reasonId }: StepChange): Promise<void> {
  const reason = reasonId === null ? {} : { reasonId }
  await tx.run.update({
    where: { id: runId },
    data: { state, ...times, ...reason, revision: { increment: 1 } },
    select: { id: true },
  })
}

const NOTHING = { reason: null, deployed: null }

/** Only while the gate says GO; the event carries what the gate was asked with. */
export const startDeployment = command({
  name: 'run.startDeployment',
  scope: 'team',
  input: runAddress,
  facts,
  decide: (found, _input, context) => decideStep('startDeployment', found, NOTHING, context),
  apply,
})

export const markDeployed = command({
  name: 'run.markDeployed',
  scope: 'team',
  input: runAddress,
  facts,
  decide: (found, _input, context) => decideStep('markDeployed', found, NOTHING, context),
  apply,
})

/** Takes back a “deployed” said too early. */
export const undoDeployed = command({
  name: 'run.undoDeployed',
  scope: 'team',
  input: runAddress.extend({ reason: REASON }),
  facts,
  decide: (found, { reason }, context) =>
    decideStep('undoDeployed', found, { reason, deployed: null }, context),
  apply,
})

/** Opens the rollback steps and the post-rollback items. */
export const rollBack = command({
  name: 'run.rollBack',
  scope: 'team',
  input: runAddress.extend({ reason: REASON }),
  facts,
  decide: (found, { reason }, context) => decideStep('rollBack', found, { reason, deployed: null }, context),
  apply,
})

export const finishRollback = command({
  name: 'run.finishRollback',
  scope: 'team',
  input: runAddress,
  facts,
  decide: (found, _input, context) => decideStep('finishRollback', found, NOTHING, context),
  apply,
})

/** Ends a live run. `deployed`: whether anything was deployed, asked once the deployment has started. */
export const abort = command({
  name: 'run.abort',
  scope: 'team',
  input: runAddress.extend({ reason: REASON, deployed: z.boolean().nullable().default(null) }),
  facts,
  decide: (found, { reason, deployed }, context) => decideStep('abort', found, { reason, deployed }, context),
  apply,
})

export const close = command({
  name: 'run.close',
  scope: 'team',
  input: runAddress,
  facts,
  decide: (found, _input, context) => decideStep('close', found, NOTHING, context),
  apply,
})
