import { spawnSync } from 'node:child_process'
import { build, generate, isBuilt, isGenerated } from './build.mjs'
import { install, isInstalled } from './install.mjs'
import { childEnv, inside, pinnedNode, root } from './project.mjs'

// Contact sheets of every screen for studying (shots/, one PNG each) and the README's pictures (docs/pictures). Words: the
// screens to take, all without any.
if (!isInstalled()) await install()
if (!isGenerated()) await generate()
if (!isBuilt()) await build()
const ended = spawnSync(pinnedNode, [inside('tests/support/shots.ts'), ...process.argv.slice(2)], {
  cwd: root,
  env: childEnv({ NODE_ENV: 'production' }),
  stdio: 'inherit',
})
process.exit(ended.status ?? 1)
