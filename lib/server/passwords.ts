import { hash, verify } from '@node-rs/argon2'
import { newSecret } from './ids.ts'

// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. 2 = Algorithm.Argon2id, whose
// `const enum` cannot be read under isolated modules.
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Hashing at once in one process: more would starve the thread pool that everything else shares. */
export const HASHES_AT_ONCE = 4

type Queue = {
  running: number
  most: number
  waiting: (() => void)[]
  dummy?: Promise<string>
  verified: number
}
const place = globalThis as { countersignPasswords?: Queue }

function queue(): Queue {
  place.countersignPasswords ??= { running: 0, most: 0, waiting: [], verified: 0 }
  return place.countersignPasswords
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const held = queue()
  // A finisher hands its place on without letting go of it, so the count never passes the cap.
  if (held.running >= HASHES_AT_ONCE) await new Promise<void>((resolve) => held.waiting.push(resolve))
  else held.running += 1
  held.most = Math.max(held.most, held.running)
  try {
    return await work()
  } finally {
    const next = held.waiting.shift()
    if (next) next()
    else held.running -= 1
  }
}

/** The same characters typed on another system must give the same bytes (NIST SP 800-63B, 3.1.1.2). */
function normal(password: string): string {
  return password.normalize('NFKC')
}

/** An argon2id hash in PHC form, for the column `password_hash`. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normal(password), COST))
}

/**
 * Whether the password belongs to the hash. `hash: null` (no such account) is checked against a dummy of the same
 * cost and is always false, so that an unknown address takes as long as a known one.
 */
export async function verifyPassword({
  hash: stored,
  password,
}: {
  hash: string | null
  password: string
}): Promise<boolean> {
  const held = queue()
  held.dummy ??= hash(newSecret(), COST)
  const against = stored ?? (await held.dummy)
  const same = await inTurn(() => {
    held.verified += 1
    return verify(against, normal(password))
  })
  return stored !== null && same
}

/** How many verifications this process has run, and the most hashings that ran at once. */
export function passwordWork(): { verified: number; mostAtOnce: number } {
  const { verified, most } = queue()
  return { verified, mostAtOnce: most }
}
