'use server'
import { action } from '#lib/door/action.ts'
import { addEnvironment } from './commands/add-environment.ts'
import { changeEnvironment } from './commands/change-environment.ts'
import { createService } from './commands/create-service.ts'
import { makeGateToken } from './commands/make-gate-token.ts'
import { makeWebhookSecret } from './commands/make-webhook-secret.ts'
import { removeSecret } from './commands/remove-secret.ts'
import { revokeGateToken } from './commands/revoke-gate-token.ts'
import { setSecret } from './commands/set-secret.ts'

export const createServiceAction = action(createService)
export const addEnvironmentAction = action(addEnvironment)
export const changeEnvironmentAction = action(changeEnvironment)
export const makeGateTokenAction = action(makeGateToken)
export const makeWebhookSecretAction = action(makeWebhookSecret)
export const revokeGateTokenAction = action(revokeGateToken)
export const setSecretAction = action(setSecret)
export const removeSecretAction = action(removeSecret)
