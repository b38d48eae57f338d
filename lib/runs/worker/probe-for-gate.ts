import type { Committed } from '#lib/door/command.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { log } from '#lib/server/log.ts'
import type { Result } from '#lib/shared/result.ts'
import { counted } from '#lib/shared/words.ts'
import type { RunAddress } from '../commands/load-run.ts'
import { startProbes } from '../commands/start-probes.ts'
import { COUNTERSIGN } from './run-attempt.ts'

/**
 * Starts the probes of these items again because the gate was asked and their evidence is too old. Answers with the keys of those that
 * were started; that none was (the team's places are taken) changes nothing about the gate's answer.
 */
export async function probeForGate(input: {
  team: string
  service: string
  number: number
  keys: readonly string[]
}): Promise<string[]> {
  if (input.keys.length === 0) return []
  const result = await runCommand(startProbes, {
    principal: COUNTERSIGN,
    input: { ...input, keys: [...input.keys], cause: 'gate' },
  }).catch((error: unknown) => {
    log().error({ err: error }, 'the gate was asked, and the probes of old evidence could not be started')
    return null
  })
  return result?.ok ? result.value.value.keys : []
}

/** A start that was refused for old evidence: its probes look again, and the refusal says so. It stays refused until they have passed. */
export async function probingAgain<Value>(
  result: Result<Committed<Value>>,
  address: RunAddress,
): Promise<Result<Committed<Value>>> {
  if (result.ok || result.refusal.code !== 'no_go') return result
  const { detail } = result.refusal
  const stale = typeof detail === 'object' && detail !== null && 'stale' in detail ? detail.stale : null
  const keys = Array.isArray(stale) ? stale.filter((key) => typeof key === 'string') : []
  const { team, service, number } = address
  const started = await probeForGate({ team, service, number, keys })
  if (started.length === 0) return result
  const again = `${counted({ count: started.length, one: 'probe looks', many: 'probes look' })} again now, as what was seen is too old. Try again in a moment.`
  return { ok: false, refusal: { ...result.refusal, message: `${result.refusal.message} ${again}` } }
}
