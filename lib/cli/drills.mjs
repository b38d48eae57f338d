import { spawnSync } from 'node:child_process'
import { childEnv, inside, pinnedNode, root } from './project.mjs'

// The same drills as in `npm test`, at their full length: what bounds them to a minute there asks for DRILLS=long.
const words = [
  inside('node_modules/vitest/vitest.mjs'),
  'run',
  '--project',
  'drills',
  ...process.argv.slice(2),
]
const ended = spawnSync(pinnedNode, words, { cwd: root, env: childEnv({ DRILLS: 'long' }), stdio: 'inherit' })
process.exit(ended.status ?? 1)
