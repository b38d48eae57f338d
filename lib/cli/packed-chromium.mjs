import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inside } from './project.mjs'

const packed = (...names) => inside('node_modules/@sparticuz/chromium', ...names)
const PARTS = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']

// The machine's own fonts first, if there are any; a bare one has none, and text without a font ends the browser.
const fontsOf = (home) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${path.join(home, 'fonts')}</dir>
  <cachedir>${path.join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`

/** Unpacks into a folder of its own and moves it whole: two that start at once never run a half-written browser. */
async function unpackInto(home) {
  mkdirSync(path.dirname(home), { recursive: true })
  const draft = mkdtempSync(`${home}.`)
  const before = process.env.TMPDIR
  try {
    // The package writes where temporary files go and nowhere else, under names that every user of a machine shares.
    process.env.TMPDIR = draft
    const { inflate } = await import('@sparticuz/chromium')
    await Promise.all(PARTS.map((part) => inflate(packed('bin', part))))
    writeFileSync(path.join(draft, 'fonts.conf'), fontsOf(home))
    renameSync(draft, home)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Somebody else was first: theirs is as good.
    if (!existsSync(home)) throw error
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

/**
 * The Chromium inside the npm package, unpacked once a clone, as {executablePath, env}. `env` brings its fonts, and its
 * libraries where the machine lacks them. None of the package's arguments: they are for AWS Lambda, and among them are
 * --single-process, under which closing a context now and then ends the browser, and --disable-web-security.
 */
export async function packedChromium(env = process.env) {
  const { version } = JSON.parse(readFileSync(packed('package.json'), 'utf8'))
  const home = inside('node_modules/.cache', `countersign-chromium-${version}`)
  if (!existsSync(home)) await unpackInto(home)
  const executablePath = path.join(home, 'chromium')
  const withFonts = { ...env, FONTCONFIG_FILE: path.join(home, 'fonts.conf') }
  const runs = (more) => spawnSync(executablePath, ['--version'], { env: more }).status === 0
  if (runs(withFonts)) return { executablePath, env: withFonts }
  const libraries = [path.join(home, 'al2023/lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  const withLibraries = { ...withFonts, LD_LIBRARY_PATH: libraries }
  if (runs(withLibraries)) return { executablePath, env: withLibraries }
  throw new Error(
    'The Chromium of the npm package does not run on this machine: install one and name it in COUNTERSIGN_CHROMIUM.',
  )
}
