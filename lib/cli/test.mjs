import { sentenceOf } from './failure.mjs'
import { install, isInstalled } from './install.mjs'
import { endRunning, step } from './steps.mjs'
import { STAGES } from './test-stages.mjs'

const words = process.argv.slice(2)
const quick = words[0] === '--quick'
const wanted = quick ? null : words[0]
const more = wanted ? words.slice(1) : []
const say = (line) => process.stdout.write(`${line}\n`)

function chosen() {
  if (quick) return STAGES.filter((stage) => stage.quick)
  if (!wanted) return STAGES
  const found = STAGES.filter((stage) => stage.name === wanted)
  if (found.length > 0) return found
  process.stderr.write(`There is no stage "${wanted}": ${STAGES.map((stage) => stage.name).join(', ')}.\n`)
  process.exit(2)
}

async function runStage(stage) {
  try {
    return await stage.run(more)
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

async function main() {
  const stages = chosen()
  if (!isInstalled()) await step('Install the packages', install)
  const total = { passed: 0, failed: 0, skipped: 0 }
  const lines = []
  for (const [index, stage] of stages.entries()) {
    say(`\n── ${index + 1}/${stages.length} ${stage.title} ──`)
    const since = performance.now()
    const counts = await runStage(stage)
    for (const name of Object.keys(total)) total[name] += counts[name]
    const mark = counts.failed > 0 ? '✗' : '✓'
    const spent = ((performance.now() - since) / 1000).toFixed(1)
    lines.push(
      `${mark} ${stage.title}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped  ${spent} s`,
    )
    say(lines.at(-1))
  }
  say(`\n${lines.join('\n')}`)
  const strict = process.env.COUNTERSIGN_NO_SKIP === '1' && total.skipped > 0
  if (strict) say('Something was skipped, which COUNTERSIGN_NO_SKIP=1 forbids.')
  say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  process.exit(total.failed > 0 || strict ? 1 : 0)
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    endRunning()
    process.exit(130)
  })
}
main().catch((error) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  say('0 passed, 1 failed, 0 skipped')
  process.exit(1)
})
