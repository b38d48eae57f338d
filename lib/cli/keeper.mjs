import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { endProcess, note } from './processes.mjs'

const CALM = 60_000
const LONGEST = 30_000

/**
 * Keeps one child process alive: restarts it when it ends by itself, at once and then ever more slowly, from the
 * beginning again after a calm minute. `launch` returns the ChildProcess; `report` prints one sentence.
 */
export class Keeper {
  constructor({ name, launch, report, onChange }) {
    Object.assign(this, { name, launch, report, onChange, wanted: true, delay: 0, noted: null })
  }

  /** Starts the child. Resolves when it runs; its end is watched from now on. */
  start() {
    this.starting = this.begin()
    return this.starting
  }

  async begin() {
    const since = Date.now()
    const child = await this.launch()
    // It may have ended while `launch` still looked at it; that event is gone.
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended at once')
    child.once('exit', (code, signal) => this.ended(code, signal, since))
    this.noted = note(child.pid, this.name)
    this.onChange()
  }

  async ended(code, signal, since) {
    this.noted = null
    if (!this.wanted) return
    this.delay = Date.now() - since > CALM ? 0 : Math.min(LONGEST, this.delay * 2 + 250)
    this.report(`The ${this.name} ended (${signal ?? `code ${code}`}) and is started again.`)
    while (this.wanted) {
      await sleep(this.delay)
      if (!this.wanted) return
      try {
        await this.start()
        return
      } catch (error) {
        this.delay = Math.min(LONGEST, this.delay * 2 + 250)
        this.report(`The ${this.name} did not start: ${error.message.split('\n')[0]}`)
      }
    }
  }

  /** Lets no further child start; resolves to the one that runs, as {name, pid, born}, or null. */
  async retire() {
    this.wanted = false
    await this.starting?.catch(() => undefined)
    return this.noted
  }

  /** Ends the child and keeps it ended. */
  async stop(patience) {
    const noted = await this.retire()
    if (noted) await endProcess(noted, patience)
  }
}

/** Starts a Node program in a process group of its own, on the leash, with its output given to `write`. */
export function launchNode(node, args, { env, cwd, write }) {
  const stdio = ['ignore', 'pipe', 'pipe', 'ipc']
  const child = spawn(node, args, { env, cwd, stdio, detached: true })
  child.stdout.on('data', write)
  child.stderr.on('data', write)
  return child
}
