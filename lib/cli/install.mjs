import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Failure } from './failure.mjs'
import { digestOf, inside, isStamped, pinnedNode, root } from './project.mjs'
import { run } from './steps.mjs'

const stamp = inside('node_modules/.countersign-install')

const wanted = () => digestOf(['package-lock.json'], [process.platform, process.arch])

/** Whether what npm says it installed is what the lock file asks for (someone ran `npm ci` by hand). */
function matchesByHand() {
  const hidden = inside('node_modules/.package-lock.json')
  if (!existsSync(hidden)) return false
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages
  const have = read(hidden)
  return Object.entries(read(inside('package-lock.json'))).every(([place, entry]) => {
    if (place === '' || entry.optional || entry.devOptional || entry.peer) return true
    return have[place]?.version === entry.version
  })
}

function nodeWorks() {
  return spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v24.') ?? false
}

/** Whether the installed packages fit package-lock.json; writes the stamp when a hand-made install does. */
export function isInstalled() {
  const digest = wanted()
  if (isStamped(stamp, digest)) return existsSync(pinnedNode)
  if (!matchesByHand() || !nodeWorks()) return false
  try {
    writeFileSync(stamp, digest)
  } catch {
    // A read-only install that fits is as good; it is only compared again next time.
  }
  return true
}

/** Installs exactly package-lock.json from the npm registry, development packages included: the build needs them. */
export async function install() {
  try {
    accessSync(root, constants.W_OK)
  } catch {
    throw new Failure(`This user may not write in ${root}: start as the owner of the clone.`)
  }
  const env = {
    ...process.env,
    // An npm that runs every install script would let Prisma fetch an engine that nothing here uses.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    NODE_ENV: '',
  }
  const sentence = 'The packages could not be installed: is the npm registry reachable?'
  await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root, env, sentence })
  if (!nodeWorks()) await run('npm', ['rebuild', 'node'], { cwd: root, env, sentence })
  if (!nodeWorks()) {
    throw new Failure('The pinned Node in node_modules does not run here: Node 24 needs glibc 2.28 or newer.')
  }
  writeFileSync(stamp, wanted())
}
