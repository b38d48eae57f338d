import { env } from '#lib/server/env.ts'

try {
  env()
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
