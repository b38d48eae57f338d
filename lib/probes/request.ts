import { isRunVariable, type RunVariable } from '#lib/shared/run-variables.ts'
import type { HeaderLine } from './observations/base.ts'
import { decodedPart, secretsOf } from './redact.ts'
import type { Hop } from './redirect.ts'
import { expandVariables, isHeaderValue } from './texts.ts'

export type PlannedRequest = { ok: true; hop: Hop; secrets: string[] } | { ok: false; message: string }

const USUAL_HEADERS: readonly HeaderLine[] = [
  { name: 'user-agent', value: 'Countersign-Probe/1' },
  { name: 'accept', value: '*/*' },
  // Said outright, as leaving it out would allow any coding: a probe of plain text should get plain text.
  { name: 'accept-encoding', value: 'identity' },
]

/** What an HTTP request of any kind of probe is made from. */
export type HttpAsk = {
  url: string
  method?: string
  headers: readonly HeaderLine[]
  /** The service that is asked for in place of the address's own; that it becomes a name is seen to before, see channels/terms.ts. */
  host?: string | undefined
  /** A user name and password in the address are sent as basic authorization; without this they are refused. */
  credentials?: 'basic'
  /** What the address may become; http and https unless said. */
  schemes?: readonly string[]
}
/** What earlier steps captured, by its name in lower case. */
type Captured = Readonly<Record<string, string>>
type Environment = { variables: Readonly<Record<string, string>>; name: string | null }

/** The first request of a probe in an environment, or in words what the environment lacks. */
export function plannedRequest({
  config,
  environment: { variables, name: environmentName },
  captured,
}: {
  config: HttpAsk
  environment: Environment
  captured?: Captured
}): PlannedRequest {
  const where = environmentName ?? 'this environment'
  const address = expandVariables(
    config.url,
    withoutDoubleSlash(config.url, variables),
    captured && encoded(captured),
  )
  const sent = config.headers.map(({ name, value }) => ({
    name,
    ...expandVariables(value, variables, captured),
  }))
  const missing = [...new Set([address, ...sent].flatMap((expanded) => expanded.missing))]
  if (missing.length > 0) return bad(missingText({ missing, where }))
  const shown = config.url
  if (!URL.canParse(address.text))
    return bad(`${shown} does not become an address in ${where}. Check its variables.`)
  const url = new URL(address.text)
  const schemes = config.schemes ?? ['http', 'https']
  if (!schemes.includes(url.protocol.slice(0, -1)))
    return bad(
      `${shown} becomes a ${url.protocol} address in ${where}; only ${schemes.join(' and ')} can be probed.`,
    )
  const said = sent.some(({ name }) => name === 'authorization')
  const basic = config.credentials === 'basic' && !said ? basicAuthorization(url) : null
  if (url.username !== '' || url.password !== '')
    return bad(`${shown} holds a user name in ${where}. Send an authorization header instead.`)
  const wrong = sent.find(({ text }) => !isHeaderValue(text))
  if (wrong !== undefined) return bad(`The header ${wrong.name} has a value in ${where} that cannot be sent.`)
  const headers = [
    ...sent.map(({ name, text }) => ({ name, value: text })),
    ...(basic === null ? [] : [basic]),
  ]
  const usual = USUAL_HEADERS.filter(({ name }) => !headers.some((header) => header.name === name))
  return {
    ok: true,
    hop: {
      ...{ method: config.method ?? 'GET', url, headers: [...usual, ...headers] },
      ...(config.host === undefined
        ? {}
        : { host: expandVariables(config.host, variables).text.toLowerCase() }),
    },
    secrets: secretsOf({ variables, headers }),
  }
}

/** What a target answered cannot lead an address elsewhere. */
function encoded(captured: Captured): Captured {
  return Object.fromEntries(
    Object.entries(captured).map(([name, value]) => [name, encodeURIComponent(value.toWellFormed())]),
  )
}

/** Takes the credentials out of an address, as the header that says the same (RFC 7617). */
function basicAuthorization(url: URL): HeaderLine | null {
  if (url.username === '' && url.password === '') return null
  const pair = `${decodedPart(url.username)}:${decodedPart(url.password)}`
  url.username = ''
  url.password = ''
  return { name: 'authorization', value: `Basic ${Buffer.from(pair).toString('base64')}` }
}

const OF_RUN: Readonly<Record<RunVariable, string>> = {
  RUN_COMMIT: 'commit',
  RUN_VERSION: 'version',
  RUN_DIGEST: 'artifact digest',
  RUN_NUMBER: 'number',
}

/** What to do about variables that an environment, or a run, does not have. */
export function missingText({ missing, where }: { missing: readonly string[]; where: string }): string {
  const ofRun = missing.filter(isRunVariable)
  const rest = missing.filter((name) => !isRunVariable(name))
  const [verb, what] = rest.length === 1 ? ['is', 'it'] : ['are', 'them']
  return [
    ...ofRun.map(
      (name) =>
        `There is no ${OF_RUN[name]} to fill in for ${name}. Name it in the run's release, then run the probe again.`,
    ),
    ...(rest.length === 0
      ? []
      : [
          `${rest.join(', ')} ${verb} not set for ${where}. Set ${what} on the environment's page, then run the probe again.`,
        ]),
  ].join(' ')
}

function bad(message: string): PlannedRequest {
  return { ok: false, message }
}

/** `https://a.example/` as BASE_URL before `/health/` means one slash, not two. */
function withoutDoubleSlash(
  url: string,
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const first = /^\$\{([A-Z0-9_]+)\}\//.exec(url)?.[1]
  const value = first !== undefined && Object.hasOwn(variables, first) ? variables[first] : undefined
  return first === undefined || value === undefined
    ? variables
    : { ...variables, [first]: value.replace(/\/+$/, '') }
}
