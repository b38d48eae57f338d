/** grpc.health.v1 (grpc/health/v1/health.proto), in the two messages that a check needs. */
export const HEALTH_CHECK = '/grpc.health.v1.Health/Check'
export const SERVING_STATUSES = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const
export type ServingStatus = (typeof SERVING_STATUSES)[number]

/** HealthCheckRequest: field 1, the service's name; an empty name asks for the whole server and is left out. */
export function healthRequest(service: string): Uint8Array {
  const name = new TextEncoder().encode(service)
  if (name.length === 0) return new Uint8Array()
  return new Uint8Array([0x0a, ...varint(name.length), ...name])
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]
}

/** HealthCheckResponse: field 1, the status, UNKNOWN when left out; null for what is not such a message. */
export function healthStatus(message: Uint8Array): ServingStatus | null {
  let at = 0
  let status = 0
  const next = (): number | null => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = message[at++]
      if (byte === undefined) return null
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    return null
  }
  while (at < message.length) {
    const tag = next()
    const value = tag === null ? null : next()
    if (tag === null || value === null) return null
    const wire = tag & 7
    if (tag >>> 3 === 1 && wire === 0) status = value
    // Fields that are not known yet are stepped over: numbers have been read, texts have their length.
    else if (wire === 2) at += value
    else if (wire !== 0) return null
  }
  return at > message.length ? null : (SERVING_STATUSES[status] ?? null)
}

/** The words of the gRPC status codes that say something of the service. */
export const GRPC_CODES: Readonly<Record<number, string>> = {
  1: 'CANCELLED',
  2: 'UNKNOWN',
  3: 'INVALID_ARGUMENT',
  4: 'DEADLINE_EXCEEDED',
  5: 'NOT_FOUND',
  7: 'PERMISSION_DENIED',
  8: 'RESOURCE_EXHAUSTED',
  12: 'UNIMPLEMENTED',
  13: 'INTERNAL',
  14: 'UNAVAILABLE',
  16: 'UNAUTHENTICATED',
}
