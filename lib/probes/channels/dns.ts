import type { DnsProbe } from '#lib/probes/kinds/dns.ts'
import type { DnsObservation } from '#lib/probes/observations/dns.ts'
import { placed, placedAddress } from '#lib/probes/place.ts'
import { maskSecrets, secretsOf, withoutControls } from '#lib/probes/redact.ts'
import { askDns, askSystem, type DnsAnswer } from '#lib/server/egress/dns.ts'
import { EgressFailure } from '#lib/server/egress/failure.ts'
import { type Attempt, type BaseKey, type Channel, ProbeStopped } from './channel.ts'
import { nextConnection } from './phases.ts'

type Details = Omit<DnsObservation, BaseKey>
type DnsAttempt = Attempt<DnsProbe, Details>

const KEPT = 100

/** One question to each server that is named, one after the other; without any, to the system's resolver. */
export const dnsChannel: Channel<DnsProbe, Details, DnsObservation> = {
  blank: () => ({ name: null, replies: [], wanted: [] }),
  async look(attempt) {
    const { config, environment, guard, details } = attempt
    attempt.secrets = secretsOf({ variables: environment.variables, headers: [] })
    const { type } = config
    const clean = (text: string) =>
      withoutControls(maskSecrets(text, attempt.secrets)).slice(0, 1024).toWellFormed()
    const name = filled(attempt, config.url).replace(/\.$/, '')
    if (!/^[A-Za-z0-9_*-]{1,63}(?:\.[A-Za-z0-9_*-]{1,63}){0,126}$/.test(name))
      throw new ProbeStopped('config', `${config.url} does not become a name. Check its variables.`)
    details.name = clean(name)
    for (const check of config.conditions)
      if ('text' in check)
        details.wanted.push({ written: check.text, text: clean(filled(attempt, check.text)) })
    const keep = (server: string, { rcode, authoritative, answers }: DnsAnswer) => {
      const kept = answers.slice(0, KEPT).map(({ text, ttl }) => ({ text: clean(text), ttl }))
      details.replies.push({
        server,
        rcode: clean(rcode),
        authoritative,
        answers: kept,
        total: answers.length,
      })
    }
    if (config.servers.length === 0) keep('system', await askSystem({ name, type }, guard, attempt.trace))
    for (const written of config.servers) {
      const address = placedAddress(written, { environment, schemes: ['dns'], bare: true })
      if (!address.ok) throw new ProbeStopped('config', address.message)
      const { hostname, port } = address.url
      const target = { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 53 : Number(port) }
      const server = clean(`${hostname}:${target.port}`)
      try {
        keep(server, await askDns({ ...target, name, type }, guard, nextConnection(attempt, target)))
      } catch (error) {
        if (!(error instanceof EgressFailure) || config.servers.length === 1) throw error
        const { kind, reason, cause } = error
        throw new EgressFailure({ kind, reason, cause, message: `${server}: ${error.message}` })
      }
    }
  },
  seen: ({ details }) => details,
}

function filled({ environment }: DnsAttempt, text: string): string {
  const done = placed(text, environment)
  if (!done.ok) throw new ProbeStopped('config', done.message)
  return done.text
}
