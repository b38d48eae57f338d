import { spawn } from 'node:child_process'
import { Failure, failureFrom } from './failure.mjs'

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** Runs one named step, prints what it does and how long it took, and returns what `work(remark)` returns. */
export async function step(title, work) {
  const since = performance.now()
  const live = process.stdout.isTTY
  const show = (mark, note) => `${mark} ${title}${note ? ` (${note})` : ''}`
  let timer
  if (live) {
    const draw = () => process.stdout.write(`\r\x1b[K${show('·', '')} … ${seconds(since)}`)
    draw()
    timer = setInterval(draw, 500)
  } else {
    process.stdout.write(`${show('·', '')} …\n`)
  }
  let note = ''
  try {
    const result = await work((remark) => {
      note = remark
    })
    process.stdout.write(`${live ? '\r\x1b[K' : ''}${show('✓', note)}  ${seconds(since)}\n`)
    return result
  } catch (error) {
    process.stdout.write(`${live ? '\r\x1b[K' : ''}${show('✗', '')}  ${seconds(since)}\n`)
    throw error
  } finally {
    clearInterval(timer)
  }
}

const running = new Set()

/** Ends the programs that `run` started and that still work; used when the person gives up during a step. */
export function endRunning() {
  for (const child of running) child.kill('SIGTERM')
}

/** Runs a program to its end and returns its output; a non-zero exit throws a Failure that starts with `sentence`. */
export async function run(program, args, { sentence, ...options }) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  running.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const code = await new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Failure(`${sentence} (${program}: ${error.message})`)))
    child.once('close', resolve)
  }).finally(() => running.delete(child))
  if (code !== 0) throw failureFrom(output, sentence)
  return output
}
