#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pinnedNode } from './project.mjs'

// The commands are TypeScript, which the pinned Node reads as it is and the machine's own may not.
if (process.features.typescript) {
  const { commandLine } = await import('./command-line.mjs')
  await commandLine(process.argv)
} else if (existsSync(pinnedNode)) {
  const words = [fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  const ended = spawnSync(pinnedNode, words, { stdio: 'inherit' })
  process.exit(ended.status ?? 1)
} else {
  process.stderr.write(
    'The packages are not installed yet: run `npm start` (or `npm ci`) in the clone first.\n',
  )
  process.exit(1)
}
