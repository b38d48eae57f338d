import { existsSync, readFileSync } from 'node:fs'

const EVERY = 250

function parentOf(pid) {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return null
  return Number(readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[1])
}

/** npm, and between it and us the shell that npm runs scripts in. */
const ancestors = () => [process.ppid, parentOf(process.ppid)].join()

/**
 * Calls `gone` once npm has died. A signal sent to npm ends npm and its shell but often never reaches the script,
 * which would go on serving without anybody's knowledge. Started without npm, we are on our own on purpose.
 */
export function watchParents(gone, env = process.env) {
  if (!env.npm_lifecycle_event) return
  const first = ancestors()
  const timer = setInterval(() => {
    if (ancestors() === first) return
    clearInterval(timer)
    gone()
  }, EVERY)
  timer.unref()
}
