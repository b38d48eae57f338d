/** The features in line: each may import earlier ones only. */
export const FEATURES = [
  'people',
  'teams',
  'services',
  'probes',
  'templates',
  'runs',
  'proof',
  'notify',
  'insights',
] as const

/** The names that may touch the world, of a file or of a folder inside a feature. */
export const WORLDLY_NAMES = ['read', 'commands', 'actions', 'queries', 'worker', 'channels'] as const
export type WorldlyName = (typeof WORLDLY_NAMES)[number]

export type Place =
  | { room: 'feature'; feature: (typeof FEATURES)[number]; worldly: WorldlyName | null }
  | { room: 'app' | 'components' | 'door' | 'access' | 'audit' | 'auth' | 'server' | 'shared' | 'cli' }
  | { room: 'prisma' | 'tests' | 'root' | 'unknown' }

const LIB_ROOMS = ['door', 'access', 'audit', 'auth', 'server', 'shared', 'cli'] as const
const TOP_ROOMS = ['app', 'components', 'prisma', 'tests'] as const

/** The room of a path in the repository; `unknown` for a folder that the layout does not name. */
export function placeOf(path: string): Place {
  const [top, second, ...rest] = path.split('/')
  if (second === undefined) return { room: 'root' }
  const atTop = TOP_ROOMS.find((room) => room === top)
  if (atTop !== undefined) return { room: atTop }
  if (top !== 'lib') return { room: 'unknown' }
  const inLib = LIB_ROOMS.find((room) => room === second)
  if (inLib !== undefined) return { room: inLib }
  const feature = FEATURES.find((name) => name === second)
  if (feature === undefined) return { room: 'unknown' }
  const segments = rest.map((segment) => segment.replace(/\..*$/, ''))
  return { room: 'feature', feature, worldly: WORLDLY_NAMES.find((name) => segments.includes(name)) ?? null }
}

export function isWorldlyNamed(path: string, ...names: WorldlyName[]): boolean {
  const place = placeOf(path)
  return place.room === 'feature' && place.worldly !== null && names.includes(place.worldly)
}

/** True for the code that ships: what is neither a test nor a tool's configuration. */
export function isProduct(path: string): boolean {
  return /^(?:app|components|lib)\//.test(path) || /^(?:proxy|instrumentation)\.ts$/.test(path)
}

/** A higher room may import a lower one, and its own. */
export function rankOf(place: Place): number {
  switch (place.room) {
    case 'shared':
      return 0
    case 'server':
      return 1
    case 'door':
    case 'access':
    case 'audit':
    case 'auth':
      return 2
    case 'feature':
      return 3 + FEATURES.indexOf(place.feature)
    case 'components':
      return 20
    case 'app':
    case 'cli':
    case 'prisma':
    case 'root':
      return 30
    case 'tests':
    case 'unknown':
      return 40
  }
}
