export type TlsFacts = {
  version: string
  cipher: string
  serverName: string
  trusted: boolean
  distrust: string | null
  certificate: {
    subject: string
    issuer: string
    names: string[]
    serial: string
    fingerprint256: string
    validFrom: string
    validTo: string
  } | null
}

export type Phase = 'resolve' | 'connect' | 'tls' | 'wait' | 'transfer'

/**
 * What is known of one connection, filled in as it proceeds: when it fails half way, the caller still learns how far it
 * came. Phases are in milliseconds.
 */
export type Trace = {
  addresses: string[]
  used: string | null
  /** The connection was made, whatever came of it. */
  connected: boolean
  allowedBy: string | null
  tls: TlsFacts | null
  phases: Partial<Record<Phase, number>>
}

export function newTrace(): Trace {
  return { addresses: [], used: null, connected: false, allowedBy: null, tls: null, phases: {} }
}

/** Runs one phase and records how long it took, also when it fails. */
export async function timed<T>(trace: Trace, phase: Phase, work: () => Promise<T>): Promise<T> {
  const start = performance.now()
  try {
    return await work()
  } finally {
    trace.phases[phase] = performance.now() - start
  }
}
