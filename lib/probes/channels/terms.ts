import { placed } from '#lib/probes/place.ts'
import type { SingleConfig } from '#lib/probes/single-probe.ts'
import { isHostName } from '#lib/probes/texts.ts'
import { authoritiesOf } from '#lib/server/egress/authorities.ts'
import { clientCertificateOf } from '#lib/server/egress/client-certificate.ts'
import type { Guard } from '#lib/server/egress/socket.ts'
import type { TlsTerms } from '#lib/server/egress/start-tls.ts'
import { type Attempt, type Environment, ProbeStopped } from './channel.ts'

type Asking = {
  config: SingleConfig
  environment: Environment
  /** Names of the variables that are sealed. */
  sealed: readonly string[]
  now: Date
}

/**
 * What a probe says of its connections, whatever its kind: whom to trust, under which names and at which addresses to ask, and which certificate to show;
 * and what of it is kept; the variable of a token has to be sealed, as the one of a key. Throws ProbeStopped where a variable does not hold what it should.
 */
export function termsOf(asking: Asking): {
  guard: Pick<Guard, 'tls' | 'as' | 'family'>
  said: Attempt<unknown, unknown>['said']
} {
  const { config, environment } = asking
  demandSealedToken(asking)
  const host = 'host' in config && config.host !== undefined ? nameIn(config.host, environment) : undefined
  const serverName = config.sni === undefined ? host : nameIn(config.sni, environment)
  const client = clientOf(asking)
  const name = authoritiesNameOf(config)
  const ca = authoritiesIn(asking, name)
  const tls: TlsTerms = { ca, serverName, client }
  const as = [...new Set([host, serverName])].filter((name) => name !== undefined)
  return {
    guard: { tls, as, ...('family' in config ? { family: config.family } : {}) },
    said: {
      ...(serverName === undefined ? {} : { serverName }),
      ...(client === undefined ? {} : { client: config.client }),
      ...(ca === undefined || name === null ? {} : { ca: name }),
    },
  }
}

/** A name that something is asked for as; throws ProbeStopped for what is none. */
function nameIn(template: string, environment: Environment): string {
  const name = filled(template, environment).toLowerCase()
  if (isHostName(name)) return name
  const where = environment.name ?? 'this environment'
  throw new ProbeStopped(
    'config',
    `${template} does not become a host name in ${where}. Write a name without scheme and port, such as app.example.com.`,
  )
}

function authoritiesNameOf(config: SingleConfig): string | null {
  return config.authorities ?? ('ca' in config ? config.ca : null)
}

function authoritiesIn({ environment }: Asking, name: string | null): string[] | undefined {
  if (name === null) return undefined
  const ca = authoritiesOf(filled(`$\{${name}}`, environment))
  if (ca !== null) return ca
  throw new ProbeStopped(
    'config',
    `${name} holds no certificate in PEM. Set it to the authority's certificate.`,
  )
}

/** The token of a forge or a cluster opens more than the probe asks for, and a plain variable is read by the whole team. */
function demandSealedToken({ config, environment, sealed }: Asking): void {
  const token = 'token' in config ? config.token : null
  // One that has no value at all is told of as any variable is.
  if (token === null || sealed.includes(token) || !environment.variables[token]) return
  throw new ProbeStopped(
    'config',
    `${token} is kept in the clear. Keep it as a secret on the environment's page, then run the probe again.`,
  )
}

function clientOf({ config, environment, sealed, now }: Asking): TlsTerms['client'] {
  if (config.client === undefined) return undefined
  const { certificate, key } = config.client
  const texts = {
    certificate: filled(`$\{${certificate}}`, environment),
    key: filled(`$\{${key}}`, environment),
  }
  const stop = (message: string): never => {
    throw new ProbeStopped('config', message)
  }
  if (!sealed.includes(key))
    return stop(
      `${key} is a plain variable, which everybody in the team can read. Make it a secret of the environment, and take a new key.`,
    )
  const read = clientCertificateOf(texts)
  if (!read.ok)
    return stop(
      {
        certificate: `${certificate} holds no certificate in PEM. Set it to the client's certificate, in one line.`,
        key: `${key} holds no private key in PEM. Set it to the key of the client's certificate, in one line.`,
        encrypted: `The key in ${key} has a passphrase. Set it to the key without one; the secret itself is sealed.`,
        pair: `The key in ${key} is not the one of the certificate in ${certificate}. Set both from the same pair.`,
      }[read.lack],
    )
  if (read.validTo < now)
    return stop(
      `The client certificate in ${certificate} ended on ${read.validTo.toISOString().slice(0, 10)}. Set a new one, and its key in ${key}.`,
    )
  return read.client
}

function filled(template: string, environment: Environment): string {
  const text = placed(template, environment)
  if (!text.ok) throw new ProbeStopped('config', text.message)
  return text.text
}
