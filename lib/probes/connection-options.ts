import type { BaseProbe, PulledProbe } from './base-probe.ts'
import { choice } from './condition-grammar.ts'
import { variableName } from './read-variable.ts'
import type { Scanner } from './scanner.ts'

/** The clauses of a probe on its connections. */
export const OF_CONNECTION = ['ca', 'client-cert', 'sni'] as const
export type ConnectionOption = (typeof OF_CONNECTION)[number]

export function isOfConnection(option: string): option is ConnectionOption {
  return OF_CONNECTION.some((one) => one === option)
}

/**
 * The clauses on its connections, which a part of a composite has too. Where the head already names authorities, no clause does; and
 * name servers are asked in the clear, where none of them would say anything.
 */
export function connectionOptionsOf(draft: BaseProbe): readonly ConnectionOption[] {
  if (draft.kind === 'dns') return []
  return 'ca' in draft ? OF_CONNECTION.filter((option) => option !== 'ca') : OF_CONNECTION
}

/** `${CERTIFICATE} key ${KEY}` */
export function readClient(scanner: Scanner): NonNullable<PulledProbe['client']> {
  const certificate = variableName(scanner, { word: 'client-cert', example: 'CLIENT_CERT' })
  choice(scanner, ['key'] as const, 'the key to the certificate')
  return { certificate, key: variableName(scanner, { word: 'key', example: 'CLIENT_KEY' }) }
}
