import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'

/** The clone's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** A path inside the clone. */
export const inside = (...parts) => path.join(root, ...parts)

/** The pinned Node, for every child: the machine's own may be too old for the packages. */
export const pinnedNode = inside('node_modules/.bin/node')

function* filesBelow(file) {
  if (!existsSync(file)) return
  if (!statSync(file).isDirectory()) {
    yield file
    return
  }
  for (const name of readdirSync(file).sort()) yield* filesBelow(path.join(file, name))
}

/** SHA-256 over the names and contents of files and folders of the clone, and `words`; absent ones count as empty. */
export function digestOf(places, words = []) {
  const hash = createHash('sha256').update(JSON.stringify(words))
  for (const place of places) {
    for (const file of filesBelow(inside(place))) {
      hash
        .update(`${path.relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

/** Whether the stamp file holds `digest`. */
export const isStamped = (file, digest) => existsSync(file) && readFileSync(file, 'utf8') === digest

/** What `.env` in the clone adds; the process's own environment wins. */
export function readDotEnv() {
  const file = inside('.env')
  if (!existsSync(file)) return
  for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8'))))
    process.env[name] ??= value
}

/** The environment that every child shares. */
export const childEnv = (more = {}) => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  PATH: `${inside('node_modules/.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
  ...more,
})
