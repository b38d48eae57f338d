import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'

export type TryFacts = Facts & {
  teamId: string
  environment: { id: string; service: string; slug: string }
  /** The probe in canonical words. */
  probe: string
}

/** Changes nothing; who tried what against which environment stays in the log, because a probe leaves the house. */
export function decideTry(
  { environment: { id, service, slug }, probe }: TryFacts,
  _input: unknown,
  { write }: Pick<DecideContext, 'write'>,
): Decision<null, { environmentId: string }> {
  return {
    kind: 'changed',
    change: null,
    value: { environmentId: id },
    entries: [
      { action: 'template.probe_tried', data: { environmentId: id, service, slug, probe: write(probe) } },
    ],
  }
}
