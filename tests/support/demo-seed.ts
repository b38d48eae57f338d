import { createInterface } from 'node:readline'
import { migrate } from '#lib/cli/migrate.mjs'
import { startScratchDatabase } from '#lib/cli/scratch-database.mjs'
import { closeDb } from '#lib/server/db.ts'
import { missingPrograms, startSeedWorld } from '#tests/peers/seed/world.ts'
import { breakDemo, counted, type Demo, deployDemo, fillDemo, openDemo } from './demo-run.ts'
import { PASSWORD, useDatabase } from './people-at.ts'
import { startServer } from './server.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const stops: (() => Promise<unknown>)[] = []

async function stopAll(): Promise<void> {
  for (const stop of stops.reverse()) await stop().catch(() => undefined)
}

function present({ people, board, url }: Demo): void {
  say(`\nThe run: ${url}${board}`)
  for (const { name, email, does } of people) say(`  ${email.padEnd(36)} ${name}, ${does}`)
  say(`  Everybody's password: ${PASSWORD}`)
}

async function main(): Promise<void> {
  const missing = missingPrograms()
  if (missing.length > 0) {
    say(`Missing on this machine: apt-get install ${missing.join(' ')}`)
    process.exitCode = 1
    return
  }
  say('1 of 5  A world to look at: nginx with TLS, Prometheus, Redis, a mail server, stand-ins for the rest')
  const world = await startSeedWorld()
  stops.push(world.stop)
  say('2 of 5  Countersign, with a database of its own that is thrown away at the end')
  const database = await startScratchDatabase()
  stops.push(database.stop, closeDb)
  await migrate({ url: database.url })
  useDatabase(database.url)
  const mail = { SMTP_URL: world.mail.url, MAIL_FROM: 'Countersign <alerts@example.com>' }
  // The notices of the demonstration are asked for in this process and sent by the app's worker.
  Object.assign(process.env, mail)
  const app = await startServer({
    databaseUrl: database.url,
    ...(process.env.PORT ? { port: Number(process.env.PORT) } : {}),
    env: { NODE_EXTRA_CA_CERTS: world.caFile, ...mail },
  })
  stops.push(app.stop)
  say('3 of 5  A run is opened: its probes start, CI pushes its reports, the backup job calls')
  const demo = await openDemo({ world, url: app.url })
  present(demo)
  await fillDemo(demo)
  say(`        ${await counted(demo)}`)
  say('4 of 5  People tick what only people know, four sign, the gate says GO, it is deployed')
  await deployDemo(demo)
  say('5 of 5  Machines verify it')
  await fillDemo(demo)
  say(`        ${await counted(demo)}`)
  if (process.argv.includes('--once')) return
  say('\nb and Enter breaks everything at once, q and Enter (or Ctrl+C) ends it all.')
  const lines = createInterface({ input: process.stdin })
  process.once('SIGINT', () => lines.close())
  process.once('SIGTERM', () => lines.close())
  for await (const line of lines) {
    if (line.trim() === 'q') break
    if (line.trim() !== 'b') continue
    say('Everything breaks …')
    await breakDemo(demo)
    say(
      `        ${await counted(demo)}\nWhat stood before the go stays as it was signed; each of the others says what is wrong. q and Enter ends it all.`,
    )
  }
}

await main()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  })
  .finally(stopAll)
process.exit()
