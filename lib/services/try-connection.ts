import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { ConnectionRef } from './connections.ts'

export type TryConnectionFacts = Facts & {
  teamId: string
  environment: { id: string; service: string; slug: string }
  /** Names of its variables and secrets, and its allow-list. */
  names: readonly string[]
  allowList: readonly string[]
}

/** Changes nothing; who had which address tried stays in the log, because a look leaves the house. */
export function decideTryConnection(
  { environment: { id, service, slug }, names, allowList }: TryConnectionFacts,
  { of, name }: ConnectionRef,
  _context: DecideContext,
): Decision<null, { environmentId: string }> {
  const isThere = of === 'variable' ? names.includes(name) : allowList.includes(name)
  if (!isThere)
    return refused('invalid', `${name} is not saved in this environment any more. Load the page again.`)
  return {
    kind: 'changed',
    change: null,
    value: { environmentId: id },
    entries: [{ action: 'service.connection_tried', data: { environmentId: id, service, slug, of, name } }],
  }
}
