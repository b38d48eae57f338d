import { spawnSync } from 'node:child_process'
import { build, generate, isBuilt, isGenerated } from './build.mjs'
import { sentenceOf } from './failure.mjs'
import { install, isInstalled } from './install.mjs'
import { childEnv, inside, pinnedNode, root } from './project.mjs'

async function main() {
  if (!isInstalled()) await install()
  if (!isGenerated()) await generate()
  const asked = process.argv.slice(2)
  const needsBuild =
    asked.length === 0 ||
    asked.some((name) => !['import', 'import-linear', 'probes', 'probes-deadline'].includes(name))
  if (needsBuild && !isBuilt()) {
    process.stderr.write('Building first: the bench measures what production runs.\n')
    await build()
  }
  const words = [inside('tests/bench/main.ts'), ...asked]
  const ended = spawnSync(pinnedNode, words, { cwd: root, env: childEnv(), stdio: 'inherit' })
  process.exit(ended.status ?? 1)
}

main().catch((error) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exit(1)
})
