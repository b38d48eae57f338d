// Run by hand after a package changed: `node lib/cli/complete-lock.mjs`. npm leaves optional packages out of the lock
// file when the registry at hand does not have them (a mirror made for one platform), and `npm ci` then refuses it.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { inside } from './project.mjs'

const CPUS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'wasm32']
const SYSTEMS = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony']

/** What npm would have written for a platform package, read from its name: `@next/swc-darwin-arm64` and the like. */
function entryFor(name, version, dev) {
  const words = name.split('/').at(-1).split('-')
  const cpu = CPUS.find((word) => words.includes(word))
  const system = SYSTEMS.find((word) => words.includes(word))
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev: true } : {}),
    ...(system === 'linux' ? { libc: [libc] } : {}),
    optional: true,
    ...(system ? { os: [system] } : {}),
  }
}

function isFound(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (at === '') return false
  }
}

/** The optional packages that a lock file names without an entry of their own: [{place, entry}]. */
export function missingEntries(packages) {
  return Object.entries(packages).flatMap(([from, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isFound(packages, from, name))
      .map(([name, version]) => ({ place: `node_modules/${name}`, entry: entryFor(name, version, dev) })),
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = inside('package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = missingEntries(lock.packages)
  const all = { ...lock.packages, ...Object.fromEntries(missing.map(({ place, entry }) => [place, entry])) }
  lock.packages = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  process.stdout.write(`${missing.length} entries added\n`)
}
