import { isMember } from '#lib/access/actor.ts'
import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { StepFacts } from './decide-step.ts'
import { decideGate } from './gate.ts'
import { advance, type RunItemsChange } from './item-change.ts'
import type { Release } from './run-facts.ts'
import { runObstacle } from './run-rules.ts'

export type CorrectInput = Release & { reason: string }
export type CorrectChange = RunItemsChange & { release: Release }

const isSame = (one: Release, other: Release): boolean =>
  one.version === other.version && one.commit === other.commit && one.artifactDigest === other.artifactDigest

/** Another version, commit or digest stales every slot; another commit or digest voids what machines saw of the old one. */
export function decideCorrect(
  facts: StepFacts,
  input: CorrectInput,
  { actor, now, seq, newId, write }: DecideContext,
): Decision<CorrectChange, { release: Release; voided: string[] }> {
  if (!isMember(actor)) return refused('forbidden', 'Only a member of the team does this.')
  const { run, items, slots } = facts
  const gate = decideGate({ run, items, slots, now: now.getTime(), askedDigest: null })
  const obstacle = runObstacle({ act: 'correctRelease', run, items, gate })
  if (obstacle) return refused(obstacle.code, obstacle.message)
  const release = { version: input.version, commit: input.commit, artifactDigest: input.artifactDigest }
  if (isSame(run.release, release)) return { kind: 'unchanged', value: { release, voided: [] } }

  const reason = write(input.reason)
  const by = { memberId: actor.team.memberId, name: actor.name }
  const otherBuild =
    run.release.commit !== release.commit || run.release.artifactDigest !== release.artifactDigest
  const seen = otherBuild ? items.filter(({ fold }) => fold.seen !== null || fold.attempt !== null) : []
  const changes = seen.map(
    (item) =>
      advance({ item, row: { kind: 'void', by, at: now.getTime() }, seq: seq + 1, evidenceId: newId() })
        .change,
  )
  const standing = slots.flatMap(({ role, standing: signoff }) =>
    signoff && signoff.staleReason === null && signoff.decision !== 'recuse'
      ? [{ role, memberId: signoff.memberId }]
      : [],
  )
  const staled = standing.map(
    ({ role, memberId }): AuditEntry => ({
      action: 'run.signature_staled',
      data: { role, memberId, because: 'release corrected' },
    }),
  )
  return {
    kind: 'changed',
    change: {
      teamId: facts.teamId,
      runId: run.id,
      at: now,
      items: changes,
      stale: standing.map(({ role }) => ({
        role,
        reason: `${actor.name} corrected the release to ${release.version} · ${release.commit.slice(0, 7)}`,
      })),
      release,
    },
    value: { release, voided: seen.map(({ key }) => key) },
    entries: [
      { action: 'run.release_corrected', data: { from: { ...run.release }, to: release, reason } },
      ...staled,
    ],
  }
}
