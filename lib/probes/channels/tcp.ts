import type { Socket } from 'node:net'
import { printStep, TCP_SCHEMES, type TcpProbe, type TcpStep } from '#lib/probes/kinds/tcp.ts'
import { findPattern } from '#lib/probes/line-pattern.ts'
import type { TcpObservation } from '#lib/probes/observations/tcp.ts'
import { placedAddress } from '#lib/probes/place.ts'
import { excerptOf, secretsOf } from '#lib/probes/redact.ts'
import { missingText } from '#lib/probes/request.ts'
import { expandVariables } from '#lib/probes/texts.ts'
import { type Conversation, converse } from '#lib/server/egress/conversation.ts'
import { EgressFailure } from '#lib/server/egress/failure.ts'
import { openGuardedSocket } from '#lib/server/egress/socket.ts'
import { startTls } from '#lib/server/egress/start-tls.ts'
import { timed } from '#lib/server/egress/trace.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { nextConnection, observedTls } from './phases.ts'

type Details = Pick<TcpObservation, 'address' | 'open' | 'steps'>
type TcpAttempt = Attempt<TcpProbe, Details>

const MOST_BYTES = 65_536
/** Of the timeout: what did not come by then is told as that, with what did come. */
const WAIT_SHARE = 0.8

/** A connection, and the script's turns on it. */
export const tcpChannel: Channel<TcpProbe, Details, TcpObservation> = {
  blank: () => ({ address: null, open: null, steps: [] }),
  async look(attempt) {
    const { config, environment, guard, details } = attempt
    attempt.secrets = secretsOf({ variables: environment.variables, headers: [] })
    const address = placedAddress(config.url, { environment, schemes: TCP_SCHEMES, bare: true })
    if (!address.ok) throw new ProbeStopped('config', address.message)
    const { hostname, port, protocol } = address.url
    if (port === '') throw new ProbeStopped('config', `${config.url} has no port.`)
    const target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }
    details.address = `${protocol}//${hostname}:${port}`
    const trace = nextConnection(attempt, target)
    const socket = await openGuardedSocket({ ...target, secure: protocol === 'tls:', alpn: [] }, guard, trace)
    details.open = true
    try {
      await timed(trace, 'wait', () => played(attempt, { socket, host: target.host }))
    } finally {
      socket.destroy()
    }
  },
  seen: ({ details, trace, startedAt }) => ({ ...details, tls: observedTls(trace, startedAt) }),
}

async function played(
  attempt: TcpAttempt,
  { socket, host }: { socket: Socket; host: string },
): Promise<void> {
  const { config, guard, trace, details } = attempt
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), config.timeoutMs * WAIT_SHARE)
  const signal = AbortSignal.any([guard.signal, late.signal])
  let talk = converse(socket, signal, MOST_BYTES)
  let groups: string[] = []
  try {
    for (const step of config.script) {
      if (step.do === 'starttls') {
        talk.release()
        const secure = await startTls({ socket, host, signal: guard.signal, trace, terms: guard.tls })
        details.steps.push({ step: 'starttls', done: true, seen: null })
        talk = converse(secure, signal, MOST_BYTES)
      } else if (step.do === 'say') {
        talk.write(said(attempt, { template: step.text, groups }))
        details.steps.push({ step: printStep(step), done: true, seen: null })
      } else {
        const found = await heard(attempt, { talk, step, late: late.signal })
        if (found === null) return
        groups = found
      }
    }
  } finally {
    clearTimeout(timer)
    talk.release()
  }
}

/**
 * `$1` to `$9` are what the last step that read has captured. They are put between the pieces of the template after its variables
 * have been filled in, so that nothing a server says is ever taken for a variable's name.
 */
function said(
  { environment }: TcpAttempt,
  { template, groups }: { template: string; groups: string[] },
): string {
  const { variables, name } = environment
  const parts = template.split(/\$([1-9])/).map((part, index) => {
    if (index % 2 === 1) return groups[Number(part) - 1] ?? ''
    const { text, missing } = expandVariables(part, variables)
    if (missing.length > 0)
      throw new ProbeStopped('config', missingText({ missing, where: name ?? 'this environment' }))
    return text
  })
  return parts.join('')
}

/** Waits for a line that holds the pattern; gives its groups, or null when none came before the wait or the connection ended. */
async function heard(
  { details, secrets, guard }: TcpAttempt,
  { talk, step, late }: { talk: Conversation; step: TcpStep & { do: 'read' }; late: AbortSignal },
): Promise<string[] | null> {
  let arrived = ''
  const keep = (done: boolean | null) => {
    const seen = excerptOf(arrived, secrets).trim().slice(0, 200).toWellFormed()
    details.steps.push({ step: printStep(step), done, seen: arrived === '' ? null : seen })
  }
  try {
    const groups = await talk.read((buffer) => {
      arrived = buffer.toString('latin1')
      const found = findPattern(step.pattern, arrived)
      if (found === null) return null
      // The rest of the line goes with it, so that the next step begins with the next one.
      const end = arrived.indexOf('\n', found.end)
      return { value: found.groups, used: end === -1 ? found.end : end + 1 }
    })
    keep(true)
    return groups
  } catch (error) {
    if (guard.signal.aborted) throw error
    const isClosed = error instanceof EgressFailure && error.kind === 'closed'
    if (arrived.length > MOST_BYTES) keep(null)
    else if (late.aborted || isClosed) keep(false)
    else throw error
    return null
  }
}
