import type { Command } from 'commander'
import { z } from 'zod'
import { paths } from '#lib/shared/paths.ts'
import { askPassword } from '../ask-password.ts'

/** Exit codes: set up, refused by the server (it says why), not reached or not understood. */
export const SETUP_EXIT = { ok: 0, refused: 1, unreachable: 3 } as const

// The sample team's thousand small steps take their time on a busy machine.
const PATIENCE = 300_000

type Options = { url: string; code: string; team: string; name: string; email: string; sample?: boolean }
type Output = { out: (line: string) => void; err: (line: string) => void }

const refusal = z.object({ title: z.string(), errors: z.record(z.string(), z.string()).optional() })
const member = z.object({ name: z.string(), email: z.string(), password: z.string(), does: z.string() })
const created = z.object({
  team: z.string(),
  sample: z
    .object({
      loaded: z.boolean(),
      because: z.string().optional(),
      team: z.string().optional(),
      target: z.string().optional(),
      members: z.array(member).optional(),
    })
    .nullish(),
})

function tell(answer: z.infer<typeof created>, asked: boolean, url: string, { out, err }: Output): void {
  out(`The team is ready: ${new URL(`/${answer.team}`, url).href}`)
  if (!answer.sample) {
    if (asked) err('The sample team was not loaded: this server has none.')
    return
  }
  if (!answer.sample.loaded) {
    err(`The sample team was not loaded: ${answer.sample.because ?? 'the server did not say why'}`)
    return
  }
  out(`The sample team is loaded: ${new URL(`/${answer.sample.team ?? ''}`, url).href}`)
  const members = answer.sample.members ?? []
  if (members.length > 0) {
    out('Its people, whose passwords are shown only now:')
    const width = (of: (one: (typeof members)[number]) => string) =>
      Math.max(...members.map((one) => of(one).length))
    const [emails, passwords, names] = [
      width((one) => one.email),
      width((one) => one.password),
      width((one) => one.name),
    ]
    for (const { name, email, password, does } of members)
      out(`  ${email.padEnd(emails)}  ${password.padEnd(passwords)}  ${name.padEnd(names)}  ${does}`)
  }
  if (answer.sample.target)
    out(`Its probes look at ${answer.sample.target}, whose page breaks and repairs parts of it.`)
}

/** Sends the first visit's answers to a running Countersign and prints what it says. Resolves to the exit code. */
export async function runFirstVisit(options: Options, password: string, output: Output): Promise<number> {
  const { url, sample = false, ...given } = options
  let response: Response
  try {
    const address = new URL(paths.api.setup(), url)
    response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address.origin },
      body: JSON.stringify({ ...given, password, sample }),
      signal: AbortSignal.timeout(PATIENCE),
      redirect: 'error',
    })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    output.err(`Countersign at ${url} cannot be reached: ${cause}`)
    return SETUP_EXIT.unreachable
  }
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) {
    const answer = created.safeParse(body)
    if (answer.success) tell(answer.data, sample, url, output)
    else output.out(`The team is ready: ${url}`)
    return SETUP_EXIT.ok
  }
  const said = refusal.safeParse(body)
  if (!said.success) {
    output.err(`${url} answered ${response.status} and gave no reason: is it a Countersign?`)
    return SETUP_EXIT.unreachable
  }
  output.err(said.data.title)
  for (const [field, message] of Object.entries(said.data.errors ?? {})) output.err(`  ${field}: ${message}`)
  return SETUP_EXIT.refused
}

/** `countersign setup`: the first visit without a browser; the password comes from COUNTERSIGN_PASSWORD or a prompt. */
export function register(program: Command, environment: Record<string, string | undefined>): void {
  program
    .command('setup')
    .description(
      'create the owner and the team of a new Countersign, with the one-time code it printed at start',
    )
    .requiredOption('--url <address>', 'where Countersign runs, for example http://localhost:3000')
    .requiredOption('--code <code>', 'the one-time code', environment.COUNTERSIGN_SETUP_CODE)
    .requiredOption('--team <name>', 'the name of the team')
    .requiredOption('--name <name>', 'your name')
    .requiredOption('--email <address>', 'your e-mail address')
    .option('--sample', 'load the sample team too')
    .action(async (options: Options) => {
      const output: Output = {
        out: (line) => process.stdout.write(`${line}\n`),
        err: (line) => process.stderr.write(`${line}\n`),
      }
      const password =
        environment.COUNTERSIGN_PASSWORD ?? (await askPassword('Password (12 characters or more): '))
      process.exitCode = await runFirstVisit(options, password, output)
    })
}
