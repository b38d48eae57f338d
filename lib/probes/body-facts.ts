import { sha256Hex } from '#lib/shared/digest.ts'
import type { Condition } from './condition.ts'
import { doubledNames } from './doubled-names.ts'
import { findPatterns } from './find-pattern.ts'
import type { HttpObservation, JsonPick } from './observations/http.ts'
import { excerptOf, maskSecrets } from './redact.ts'
import { LONGEST_TEXT } from './texts.ts'

type BodyFacts = NonNullable<HttpObservation['body']>
export type ReadBytes = {
  bytes: Uint8Array
  wireBytes: number
  encoding: string | null
  cut: BodyFacts['cut']
}

/** Marks numbers with their exact source text, which JSON.parse would round. */
class ExactNumber {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}

/**
 * What is kept of a body: sizes, digest, a redacted excerpt, and the answers to exactly what the conditions ask, so that
 * the verdict can be judged again without the body.
 */
export function bodyFacts({
  read,
  config,
  charset,
  secrets,
}: {
  read: ReadBytes
  config: { conditions: readonly Condition[] }
  charset: string | null
  secrets: readonly string[]
}): BodyFacts {
  const text = read.cut === 'undecodable' ? '' : decoded(read.bytes, charset)
  const texts = new Set(config.conditions.flatMap((each) => (each.on === 'body' ? [each.value] : [])))
  const paths = new Set(config.conditions.flatMap((each) => (each.on === 'json' ? [each.path] : [])))
  const patterns = config.conditions.flatMap((each) => (each.on === 'body_match' ? [each.pattern] : []))
  const parsed = paths.size === 0 || read.cut !== null ? undefined : parsedJson(text, [...paths])
  return {
    wireBytes: read.wireBytes,
    bytes: read.bytes.byteLength,
    encoding: read.encoding,
    cut: read.cut,
    sha256: read.cut === null ? sha256Hex(read.bytes) : null,
    excerpt: excerptOf(text, secrets),
    finds: [...texts].map((wanted) => ({ text: wanted, found: text.includes(wanted) })),
    picks: [...paths].map((path) => pick({ path, root: parsed, secrets, written: writtenAt(path, config) })),
    ...(patterns.length === 0
      ? {}
      : { matches: findPatterns(patterns, { text, isWhole: read.cut === null }) }),
  }
}

export function decoded(bytes: Uint8Array, charset: string | null): string {
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function writtenAt(path: string, { conditions }: { conditions: readonly Condition[] }): string[] {
  return conditions.flatMap((one) =>
    one.on === 'json' && one.path === path && one.operand.type === 'text' ? [one.operand.text] : [],
  )
}

const LONGEST_NUMBER = 420

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown

/** `doubled`: of the paths that are asked, and of what leads to them, those that stand twice. */
type ParsedJson = { value: unknown; doubled: ReadonlySet<string> }

/** A JSON text with its numbers kept exact, of which these paths are asked; undefined when it is not JSON. */
export function parsedJson(text: string, paths: readonly string[]): ParsedJson | undefined {
  const exact: Reviver = (_key, value, { source }) =>
    typeof value === 'number' ? new ExactNumber(source ?? 'NaN') : value
  try {
    const value: unknown = JSON.parse(text, exact as (key: string, value: unknown) => unknown)
    return { value, doubled: doubledNames(text, paths) }
  } catch {
    // Not JSON, or nested beyond what the engine can walk: either way there is no value to judge.
    return undefined
  }
}

export function pick({
  path,
  root,
  secrets,
  longest = LONGEST_TEXT,
  written = [],
}: {
  path: string
  root: ParsedJson | undefined
  secrets: readonly string[]
  longest?: number
  /** Texts that the conditions compare it with. */
  written?: readonly string[]
}): JsonPick {
  if (root === undefined) return { path, type: 'not_json', value: null }
  const twice = path
    .split('.')
    .map((_step, index, steps) => steps.slice(0, index + 1).join('.'))
    .find((part) => root.doubled.has(part))
  if (twice !== undefined) return { path, type: 'doubled', value: twice }
  let current = root.value
  for (const step of path.split('.')) {
    const isPlace = typeof current === 'object' && current !== null && !(current instanceof ExactNumber)
    if (!isPlace || !Object.hasOwn(current as object, step)) return { path, type: 'missing', value: null }
    current = (current as Record<string, unknown>)[step]
  }
  if (current === null) return { path, type: 'null', value: null }
  // Cut short it would be another number.
  if (current instanceof ExactNumber)
    return { path, type: 'number', value: current.source.length > LONGEST_NUMBER ? null : current.source }
  if (typeof current === 'boolean') return { path, type: 'boolean', value: String(current) }
  if (Array.isArray(current)) return { path, type: 'array', value: null }
  if (typeof current !== 'string') return { path, type: 'object', value: null }
  return { path, type: 'text', value: storable(current, { secrets, longest, written }) }
}

/**
 * One character more than any condition can ask for is kept, so that a longer value never equals a shorter one. What holds a secret is
 * kept masked, unless the template itself says that very text: then it is none, and masked it would be judged as another.
 */
function storable(
  value: string,
  { secrets, longest, written }: { secrets: readonly string[]; longest: number; written: readonly string[] },
): string {
  const kept = written.includes(value) ? value : maskSecrets(value, secrets).slice(0, longest + 1)
  return kept.replaceAll('\u0000', '\ufffd').toWellFormed()
}
