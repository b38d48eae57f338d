import { spawn } from 'node:child_process'
import path from 'node:path'
import { ok, type Result, refuse } from '#lib/shared/result.ts'
import { log } from './log.ts'

export type SampleMember = { name: string; email: string; password: string; does: string }
/** `team`: the slug. `target`: the address of the sample target, whose page breaks and repairs what probes look at. */
export type LoadedSample = { team: string; name: string; target: string; members: SampleMember[] }

type Message = { say?: string; loaded?: LoadedSample; failed?: string }

const PATIENCE_MS = 300_000

const place = globalThis as { countersignSample?: { line: string } | null }

/** What the load under way in this process is doing now, in words; null when none is. */
export function sampleProgress(): string | null {
  return place.countersignSample?.line ?? null
}

const refused = (code: string, message: string) => refuse({ code, message })

/**
 * Has a process of its own write the sample team for an account, one at a time. It answers with the people's passwords,
 * which nobody can read again. What a broken load wrote stays; the next one makes another team.
 */
export async function loadSample({ ownerId }: { ownerId: string }): Promise<Result<LoadedSample>> {
  if (place.countersignSample)
    return refused('busy', 'A sample team is being written already. Wait until it is ready.')
  const state = { line: 'Getting ready' }
  place.countersignSample = state
  try {
    return await write({ ownerId, say: (line) => Object.assign(state, { line }) })
  } finally {
    place.countersignSample = null
  }
}

function write({
  ownerId,
  say,
}: {
  ownerId: string
  say: (line: string) => void
}): Promise<Result<LoadedSample>> {
  const { promise, resolve } = Promise.withResolvers<Result<LoadedSample>>()
  const cli = path.join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'cli')
  const words = ['--import', path.join(cli, 'leash.mjs'), path.join(cli, 'load-sample.ts'), ownerId]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  child.on('message', (message: Message) => {
    if (message.say) say(message.say)
    if (message.loaded) resolve(ok(message.loaded))
    if (message.failed) {
      log().error({ because: message.failed }, 'the sample team was not loaded')
      resolve(refused('unavailable', `It broke off: ${message.failed} Try again: another one is made.`))
    }
  })
  child.once('error', (error) => resolve(refused('unavailable', `It could not be started: ${error.message}`)))
  // After its last message, this changes nothing.
  child.once('exit', (code, signal) => {
    clearTimeout(timer)
    resolve(
      refused('unavailable', `It ended early (${signal ?? `code ${code}`}). Try again: another one is made.`),
    )
  })
  return promise
}
