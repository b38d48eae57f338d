import { spawn } from 'node:child_process'
import { build, generate, isBuilt, isGenerated } from './build.mjs'
import { install, isInstalled } from './install.mjs'
import { childEnv, inside, pinnedNode, root } from './project.mjs'
import { step } from './steps.mjs'

// The shipped production checklist, filled by machines against a whole world on this machine (docs/seed-coverage.md).
if (!isInstalled()) await install()
if (!isGenerated()) await generate()
if (!isBuilt()) await step('Build', build)
const child = spawn(pinnedNode, [inside('tests/support/demo-seed.ts'), ...process.argv.slice(2)], {
  cwd: root,
  env: childEnv({ NODE_ENV: 'production' }),
  stdio: 'inherit',
})
// Ctrl+C reaches both; the demonstration ends its servers first.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.once('exit', (code) => process.exit(code ?? 1))
