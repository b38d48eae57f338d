import { Prisma } from '#prisma/generated/client.ts'

const TRIES = 3
/** Serialization failure, deadlock, unique violation: somebody else was first, so the facts are read again. */
const SQLSTATES = /\b(40001|40P01|23505)\b/

function isLostRace(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return (
      error.code === 'P2034' ||
      error.code === 'P2002' ||
      SQLSTATES.test(`${error.message} ${JSON.stringify(error.meta ?? {})}`)
    )
  }
  if (!(error instanceof Error)) return false
  // The driver's own errors carry the code beside the message.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return SQLSTATES.test(`${code} ${error.message}`)
}

/** Runs a transaction again, at most three times, when it lost a race; any other surprise passes through. */
export async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === TRIES || !isLostRace(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, attempt * 15 + Math.random() * 25))
    }
  }
}
