import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'

function idsOf(name) {
  const ask = (flag) => spawnSync('id', [flag, name], { encoding: 'utf8' })
  const [uid, gid] = [ask('-u'), ask('-g')]
  if (uid.status !== 0 || gid.status !== 0) return null
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/**
 * Who runs PostgreSQL: null for ourselves, or {name, uid, gid} when we are root, because PostgreSQL refuses root.
 * `postgres` is used or made; where accounts cannot be made (read-only /etc) `nobody` does it.
 */
export function databaseUser() {
  if (process.getuid?.() !== 0) return null
  const known = idsOf('postgres')
  if (known) return known
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' })
  } catch {
    // Falls through to nobody: an image without useradd, or with a read-only /etc.
  }
  const user = idsOf('postgres') ?? idsOf('nobody')
  if (user) return user
  throw new Failure(
    'PostgreSQL does not run as root and no other account could be made: start as an ordinary user, or set DATABASE_URL.',
  )
}

/** Whether `user` (null: ourselves) can walk into `folder`: search permission on it and on each folder above. */
export function canEnter(user, folder) {
  if (!user) return true
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(at)) {
      const { mode, uid, gid } = statSync(at)
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
      if ((mode & bit) === 0) return false
    }
    if (path.dirname(at) === at) return true
  }
}
