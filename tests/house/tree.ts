import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { File } from './source.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Made by tools or holding their output; dot folders but .github and .ci likewise. */
const NOT_OURS = new Set([
  'node_modules',
  'generated',
  'test-results',
  'playwright-report',
  'next-env.d.ts',
  'package-lock.json',
])
const KEPT_DOTS = new Set(['.github', '.ci', '.env.example', '.dockerignore', '.gitignore'])
const TEXT = /(?:\.(?:tsx?|m?js|json|md|css|sql|prisma|ya?ml|html|svg|txt|toml|example)|Dockerfile|\/run)$/

function namesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || (entry.name.startsWith('.') && !KEPT_DOTS.has(entry.name))) return []
    const name = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return namesIn(name)
    return entry.isFile() && TEXT.test(`/${name}`) ? [name] : []
  })
}

/** Every text file of the project, by its path in the repository. */
export function readTree(): File[] {
  return namesIn('').map((name) => ({ path: name, text: readFileSync(path.join(ROOT, name), 'utf8') }))
}
