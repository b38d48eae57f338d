import { spawnSync } from 'node:child_process'
import { build, generate, isBuilt, isGenerated } from './build.mjs'
import { install, isInstalled } from './install.mjs'
import { childEnv, inside, pinnedNode, root } from './project.mjs'

// Pictures of every screen, for the README (docs/pictures) and for studying (test-results/shots).
if (!isInstalled()) await install()
if (!isGenerated()) await generate()
if (!isBuilt()) await build()
const ended = spawnSync(pinnedNode, [inside('tests/support/shots.ts'), ...process.argv.slice(2)], {
  cwd: root,
  env: childEnv({ NODE_ENV: 'production' }),
  stdio: 'inherit',
})
process.exit(ended.status ?? 1)
