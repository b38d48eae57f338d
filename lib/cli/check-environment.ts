import { readEnv } from '#lib/server/env.ts'

try {
  readEnv(process.env)
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
