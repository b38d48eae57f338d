import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const BEAT_MS = 10

export type Watched = {
  /** Beats of the loop from the deadline to the end; 0 when it ended before. */
  beatsLate: number
  /** The most processor time of this thread between two beats, in ms. */
  mostCpuMs: number
  /** The most bytes that were held in heap and buffers at a beat, above those before. */
  grownBytes: number
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const held = () => {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
const cpuMs = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/**
 * How long after `deadlineMs` some work of this process ends, told without a clock on the wall, which on a busy machine tells how long
 * the process was not let run.
 *
 * Two things can make work end late. It waits: then the loop turns meanwhile, and beats come, one timer of 10 ms armed by the one
 * before. However long the machine holds the process up, one beat is all that this costs, as the next is armed only after it. Beats
 * are counted from a bare timer that is armed for the same deadline in the same turn as the work begins; both are due in one turn, as a turn
 * has one time. Or it keeps the loop from turning: then that bare timer comes late as well, and beats too, but the thread's
 * processor time between two beats shows it, which grows only while it runs.
 */
export async function watchLoop<T>(
  deadlineMs: number,
  work: () => Promise<T>,
): Promise<{ value: T; watched: Watched }> {
  collect()
  const before = held()
  const watched: Watched = { beatsLate: 0, mostCpuMs: 0, grownBytes: 0 }
  let isLate = false
  let cpu = cpuMs()
  let next: NodeJS.Timeout
  const look = () => {
    const now = cpuMs()
    watched.mostCpuMs = Math.max(watched.mostCpuMs, now - cpu)
    let grown = held() - before
    // Garbage is not held; collecting costs more than a beat may, so only where it matters.
    if (grown > watched.grownBytes) {
      collect()
      grown = held() - before
    }
    watched.grownBytes = Math.max(watched.grownBytes, grown)
    cpu = cpuMs()
  }
  const beat = () => {
    if (isLate) watched.beatsLate += 1
    look()
    next = setTimeout(beat, BEAT_MS)
  }
  next = setTimeout(beat, BEAT_MS)
  const control = setTimeout(() => {
    isLate = true
  }, deadlineMs)
  try {
    const value = await work()
    look()
    return { value, watched }
  } finally {
    clearTimeout(control)
    clearTimeout(next)
  }
}
