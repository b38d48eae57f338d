import { isUnit, type Unit } from './quantities.ts'
import { nearestWord } from './scanner.ts'

/** Words of other tools and of speech, and what they are called here. */
const CALLED_HERE: Readonly<Record<string, readonly string[]>> = {
  certificate: ['tls'],
  ssl: ['tls'],
  https: ['http'],
  prometheus: ['promql', 'metrics'],
  k8s: ['kubernetes'],
  postgresql: ['postgres'],
  ws: ['websocket'],
  brotli: ['br'],
  retry: ['retries'],
  interval: ['every'],
  'status-code': ['status'],
  code: ['status'],
  'response-time': ['time'],
  latency: ['time'],
  equals: ['=='],
  is: ['=='],
  exists: ['present'],
  assert: ['expect'],
}

const UNIT_NAMES: readonly (readonly [RegExp, Unit])[] = [
  [/^(?:msecs?|millis|milliseconds?)$/i, 'ms'],
  [/^(?:secs?|seconds?)$/i, 's'],
  [/^(?:mins?|minutes?)$/i, 'm'],
  [/^(?:hrs?|hours?)$/i, 'h'],
  [/^days?$/i, 'd'],
  [/^percent$/i, '%'],
  [/^bytes?$/i, 'B'],
]

/** The known word that was most likely meant: one of another tool's, a typo's, or the whole of a beginning; else null. */
export function meantWord(written: string, known: readonly string[]): string | null {
  const word = written.toLowerCase()
  // Own names only: "constructor" is a word that people may write too.
  const called = Object.hasOwn(CALLED_HERE, word) ? CALLED_HERE[word] : undefined
  return called?.find((one) => known.includes(one)) ?? nearestWord(written, known)
}

/** The unit of a name such as `seconds`; null for what is none. */
export function meantUnit(written: string): Unit | null {
  const named = UNIT_NAMES.find(([name]) => name.test(written))?.[1]
  const folded = written.toLowerCase()
  return named ?? (isUnit(folded) ? folded : null)
}

/** Under fifty somebody thinks in seconds, above in milliseconds. */
export function withTimeUnit(value: string): string {
  return `${value}${Number(value) < 50 ? 's' : 'ms'}`
}

/** What an address that is none was most likely meant to be: a variable in small letters, without braces or in quotes, a path, a bare host. */
export function meantAddress(written: string): string | null {
  const bare = written.replaceAll('"', '')
  const named = /^(?:\$?\{{1,2}\s*)?\$?([A-Za-z][A-Za-z0-9_]*)\}{0,2}(\/[^\s,]*)?$/.exec(bare)
  if (bare.startsWith('/')) return `$\{BASE_URL}${bare}`
  if (named !== null && (/[${]/.test(bare) || /^[A-Z0-9_]+$/.test(named[1] ?? '')))
    return `$\{${(named[1] ?? '').toUpperCase()}}${named[2] ?? ''}`
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/[^\s,]*)?$/i.test(bare) ? `https://${bare}` : null
}

/** A path into JSON as other languages write it (`$.items[0].id`), in this one's words. */
export function meantPath(written: string): string {
  return written
    .replace(/\[["']?([\w-]+)["']?\]/g, '.$1')
    .replace(/^\$?\./, '')
    .replaceAll('"', '')
}
