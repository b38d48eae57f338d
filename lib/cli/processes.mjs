import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** When the process began, as an opaque text: with its pid it names one process for ever. null when it is gone. */
export function bornAt(pid) {
  const stat = `/proc/${pid}/stat`
  if (existsSync('/proc/self/stat')) {
    if (!existsSync(stat)) return null
    // The name in parentheses may hold spaces; state is the first field behind it, the start time the 20th.
    const fields = readFileSync(stat, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return fields[0] === 'Z' ? null : `${bootId()}:${fields[19]}`
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

function bootId() {
  const file = '/proc/sys/kernel/random/boot_id'
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
}

/** Whether the process noted as {pid, born} still runs; a recycled pid does not count. */
export const isAlive = (noted) => noted.born !== null && bornAt(noted.pid) === noted.born

export const note = (pid, name) => ({ name, pid, born: bornAt(pid) })

function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch {
    // Gone in the meantime, which is what was wanted.
  }
}

/** Ends a noted process: SIGTERM, and SIGKILL after `patience` ms. */
export async function endProcess(noted, patience = 5_000) {
  if (!isAlive(noted)) return
  signal(noted.pid, 'SIGTERM')
  for (let waited = 0; waited < patience; waited += 50) {
    await sleep(50)
    if (!isAlive(noted)) return
  }
  signal(noted.pid, 'SIGKILL')
  while (isAlive(noted)) await sleep(20)
}
