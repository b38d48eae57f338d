import { HEALTH_CHECK, healthRequest, healthStatus } from '#lib/probes/grpc-health.ts'
import { GRPC_SCHEMES, type GrpcProbe } from '#lib/probes/kinds/grpc.ts'
import type { GrpcObservation } from '#lib/probes/observations/grpc.ts'
import { placed, placedAddress } from '#lib/probes/place.ts'
import { decodedPart, excerptOf, maskSecrets, secretsOf } from '#lib/probes/redact.ts'
import { callGrpc } from '#lib/server/egress/grpc.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { nextConnection, observedTls } from './phases.ts'

type Details = Pick<GrpcObservation, 'address' | 'service' | 'answer'>
type GrpcAttempt = Attempt<GrpcProbe, Details>

export const grpcChannel: Channel<GrpcProbe, Details, GrpcObservation> = {
  blank: () => ({ address: null, service: null, answer: null }),
  async look(attempt) {
    const { config, environment, guard, details } = attempt
    const headers = config.headers.map(({ name, value }) => ({ name, value: filled(attempt, value) }))
    attempt.secrets = secretsOf({ variables: environment.variables, headers })
    const address = placedAddress(config.url, { environment, schemes: GRPC_SCHEMES })
    if (!address.ok) throw new ProbeStopped('config', address.message)
    const { hostname, port, protocol } = address.url
    const secure = protocol === 'grpcs:' || protocol === 'https:'
    const host = hostname.replace(/^\[|\]$/g, '')
    const target = { host, port: port === '' ? (secure ? 443 : 80) : Number(port) }
    details.address = `${secure ? 'grpcs' : 'grpc'}://${hostname}:${target.port}`
    const service = config.service === null ? '' : filled(attempt, config.service)
    details.service = maskSecrets(service, attempt.secrets)
    const answer = await callGrpc(
      { target: { ...target, secure }, path: HEALTH_CHECK, message: healthRequest(service), headers },
      guard,
      nextConnection(attempt, target),
    )
    if (answer.status === 16 || answer.status === 7)
      throw new ProbeStopped('access', `the server wants other credentials (gRPC status ${answer.status})`)
    const { http, status, said, message } = answer
    const serving = message === null ? null : healthStatus(message)
    details.answer = { http, status, said: excerptOf(decodedPart(said), attempt.secrets), serving }
  },
  seen: ({ details, trace, startedAt }) => ({ ...details, tls: observedTls(trace, startedAt) }),
}

function filled({ environment }: GrpcAttempt, text: string): string {
  const done = placed(text, environment)
  if (!done.ok) throw new ProbeStopped('config', done.message)
  return done.text
}
