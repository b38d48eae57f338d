import { accessSync, constants } from 'node:fs'
import { chromium as playwrights } from '@playwright/test'
import { packedChromium } from './packed-chromium.mjs'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]
// Root has no sandbox; the others keep the browser from talking to anything but the page.
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
]

const runs = (file) => {
  try {
    accessSync(file ?? '', constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * A Chromium of this machine, as Playwright's launch options {executablePath, args, env?}: COUNTERSIGN_CHROMIUM,
 * Playwright's own, the system's, the one inside an npm package. COUNTERSIGN_CHROMIUM=npm asks for that last one.
 */
export async function findChromium(env = process.env) {
  const named = env.COUNTERSIGN_CHROMIUM
  if (named === 'npm') return { ...(await packedChromium(env)), args: ARGS }
  if (named && !runs(named)) throw new Error(`COUNTERSIGN_CHROMIUM names ${named}, which is not a program`)
  const found = [named, playwrights.executablePath(), ...SYSTEM].find(runs)
  return found ? { executablePath: found, args: ARGS } : { ...(await packedChromium(env)), args: ARGS }
}
