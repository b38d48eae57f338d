import { spawnSync } from 'node:child_process'
import { sentenceOf } from './failure.mjs'
import { install, isInstalled } from './install.mjs'
import { inside, pinnedNode, root } from './project.mjs'

async function main() {
  if (!isInstalled()) await install()
  const ended = spawnSync(pinnedNode, [inside('lib/cli/corpus/main.ts'), process.env.CORPUS_DIR ?? ''], {
    cwd: root,
    stdio: 'inherit',
  })
  process.exit(ended.status ?? 1)
}

main().catch((error) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exit(1)
})
