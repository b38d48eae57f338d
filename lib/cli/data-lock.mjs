import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from './failure.mjs'
import { isAlive, note } from './processes.mjs'

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function makeFolder(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 })
  } catch (error) {
    // On a read-only disk Node says ENOENT, below a file ENOTDIR: whichever it is, the answer is another folder.
    if (error.code === 'ENOSPC') throw error
    throw new Failure(
      `The data folder ${dataDir} cannot be made (${error.code}): set DATA_DIR to a folder that this user may write.`,
    )
  }
}

/**
 * The data folder belongs to one supervisor. Takes the lock DATA_DIR/supervisor.json, also from a dead holder, and
 * returns {leftovers: [{name, pid, born}], remember(processes), release()}. Throws Failure when the holder lives.
 */
export async function lockDataFolder(dataDir, port) {
  makeFolder(dataDir)
  const file = path.join(dataDir, 'supervisor.json')
  const mine = { ...note(process.pid, 'supervisor'), port, children: [] }
  const draft = `${file}.${process.pid}`
  let leftovers = []
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(draft, JSON.stringify(mine))
      linkSync(draft, file)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    } finally {
      rmSync(draft, { force: true })
    }
    const holder = read(file)
    if (holder && isAlive(holder)) {
      // One that is just stopping gets its time, and any other a moment to say so: a restart can be that quick.
      if (attempt < (holder.stopping ? 150 : 6)) {
        await sleep(200)
        continue
      }
      throw new Failure(
        `Countersign already runs on ${dataDir} (process ${holder.pid}, port ${holder.port}): stop it first, or set another DATA_DIR.`,
      )
    }
    leftovers = holder?.children ?? []
    rmSync(file, { force: true })
  }
  const write = (more) => {
    // Only ever replaced whole: the next start must be able to read it after a kill.
    writeFileSync(draft, JSON.stringify(Object.assign(mine, more)))
    renameSync(draft, file)
  }
  write({ children: leftovers })
  return {
    leftovers,
    remember: (children) => write({ children }),
    stopping: () => {
      try {
        write({ stopping: true })
      } catch {
        // A courtesy to the next start; on a full disk the end itself must still come.
      }
    },
    release: () => {
      if (existsSync(file) && read(file)?.pid === process.pid) rmSync(file)
    },
  }
}
