import { parseArgs } from 'node:util'

/** 0: taken. 1: refused, in words. 3: a wrong call, or nobody answered. 4: no run of this commit is open there. */
export const PUSH_EXIT = { ok: 0, refused: 1, usage: 3, noRun: 4 } as const
export type PushExit = (typeof PUSH_EXIT)[keyof typeof PUSH_EXIT]

export type Output = { out: (line: string) => void; err: (line: string) => void }
export type Environment = Readonly<Record<string, string | undefined>>
export type Values = Readonly<Record<string, string | boolean | undefined>>

export type Usage = { usage: string; texts: readonly string[]; flags: readonly string[] }

/** The one word and the options of a call, and where it pushes to; else the exit code, after having said why. */
export function readPush(
  args: readonly string[],
  { usage, environment, output }: { usage: Usage; environment: Environment; output: Output },
): { word: string; values: Values; place: Place } | PushExit {
  const read = readWords(args, usage, output)
  if (typeof read === 'number') return read
  const place = placeOf(read.values, environment)
  if (typeof place !== 'string') return { ...read, place }
  output.err(place)
  return PUSH_EXIT.usage
}

function readWords(
  args: readonly string[],
  { usage, texts, flags }: Usage,
  { out, err }: Output,
): { word: string; values: Values } | PushExit {
  const options: Record<string, { type: 'string' | 'boolean' }> = { help: { type: 'boolean' } }
  for (const name of texts) options[name] = { type: 'string' }
  for (const name of flags) options[name] = { type: 'boolean' }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (values.help === true) {
      out(`Usage: ${usage}`)
      return PUSH_EXIT.ok
    }
    const [word, ...more] = positionals
    if (word !== undefined && more.length === 0) return { word, values }
    err(`Usage: ${usage}`)
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`)
  }
  return PUSH_EXIT.usage
}

export type Place = { url: string; token: string; service: string; environment: string }

/** Where to push to, or what is missing to know it. */
function placeOf(values: Values, environment: Environment): Place | string {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : null)
  const url = text('url') ?? environment.COUNTERSIGN_URL ?? null
  const token = text('token') ?? environment.COUNTERSIGN_TOKEN ?? null
  const service = text('service')
  const env = text('environment')
  if (url === null || !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    return 'Say where Countersign runs: --url https://countersign.example.org, or COUNTERSIGN_URL'
  if (service === null || env === null) return 'Say of what: --service SLUG --environment SLUG'
  if (!token)
    return 'Give a pipeline token as COUNTERSIGN_TOKEN or --token. An administrator makes one under Services, with “push evidence”.'
  return { url, token, service, environment: env }
}
