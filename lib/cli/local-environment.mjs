import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { embeddedRecord, embeddedUrl } from './embedded-database.mjs'
import { readDotEnv, root } from './project.mjs'
import { deriveSecret, rootKey } from './root-key.mjs'

/**
 * For commands at the console of the machine that runs Countersign: what `npm start` gives its children, as far as
 * the data folder knows it. Sets only what is absent and makes nothing.
 */
export function applyLocalEnvironment(env = process.env) {
  readDotEnv()
  const dataDir = path.resolve(root, env.DATA_DIR || '.data')
  env.DATA_DIR = dataDir
  const record = env.DATABASE_URL || !existsSync(dataDir) ? null : embeddedRecord(dataDir)
  if (record) env.DATABASE_URL = embeddedUrl(record)
  // Links that a command prints must lead to the server that runs.
  const supervisor = path.join(dataDir, 'supervisor.json')
  if (!env.PORT && existsSync(supervisor))
    env.PORT = String(JSON.parse(readFileSync(supervisor, 'utf8')).port)
  const hasKey = env.COUNTERSIGN_ROOT_KEY || existsSync(path.join(dataDir, 'keys', 'root.key'))
  if (hasKey) env.NEXTAUTH_SECRET ??= deriveSecret(rootKey(dataDir, env), 'nextauth')
}
