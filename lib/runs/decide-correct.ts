import { isMember } from '#lib/access/actor.ts'
import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import {
  type Author,
  type AuthorInput,
  authorSaid,
  isSameAuthor,
  type KeptAuthor,
  NO_MEMBER,
  settleAuthor,
} from './author.ts'
import type { StepFacts } from './decide-step.ts'
import { decideGate } from './gate.ts'
import { isIndependentRole } from './independent-roles.ts'
import { advance, type RunItemsChange } from './item-change.ts'
import type { Release, RuleSlot } from './run-facts.ts'
import { runObstacle } from './run-rules.ts'
import { isApproval } from './signability.ts'

/** `author`: left out, the one that is named stays. */
export type CorrectInput = Release & { author?: AuthorInput | undefined; reason: string }
/** `authorMember`: the member whom the input names as the author. `asksVersion`: keys of the items whose probe asks for the run's version. */
export type CorrectFacts = StepFacts & {
  authorMember: { memberId: string; name: string } | null
  asksVersion: ReadonlySet<string>
}
/** `author`: undefined where it stays. */
export type CorrectChange = RunItemsChange & {
  release: Release
  isOtherRelease: boolean
  author: KeptAuthor | null | undefined
}
export type Corrected = { release: Release; author: Author | null; voided: string[] }

type Staled = { role: string; memberId: string; reason: string; because: string }

const isSame = (one: Release, other: Release): boolean =>
  one.version === other.version && one.commit === other.commit && one.artifactDigest === other.artifactDigest

/** Another release stales every signature; another author only an approval of theirs where the signer must be independent. */
function staledSlots({
  slots,
  otherRelease,
  author,
  actor,
}: {
  slots: readonly RuleSlot[]
  otherRelease: Release | null
  author: Author | null | undefined
  actor: { name: string }
}): Staled[] {
  return slots.flatMap(({ role, standing }) => {
    if (!standing || standing.staleReason !== null || standing.decision === 'recuse') return []
    const { memberId } = standing
    if (otherRelease) {
      const to = `${otherRelease.version} · ${otherRelease.commit.slice(0, 7)}`
      const reason = `${actor.name} corrected the release to ${to}`
      return [{ role, memberId, reason, because: 'release corrected' }]
    }
    const isTheirs = author?.memberId === memberId && isIndependentRole(role) && isApproval(standing.decision)
    const reason = `${standing.name} is named as the commit’s author by ${actor.name}; somebody else must sign as ${role}`
    return isTheirs ? [{ role, memberId, reason, because: 'commit author named' }] : []
  })
}

/**
 * Another version, commit or digest stales every slot. What machines saw of another commit or digest is void, and of another version what
 * was asked for by its name.
 * Another author of the commit is no part of any scope: it stales nothing but what that author may not have signed.
 */
export function decideCorrect(
  facts: CorrectFacts,
  input: CorrectInput,
  { actor, now, seq, newId, write }: DecideContext,
): Decision<CorrectChange, Corrected> {
  if (!isMember(actor)) return refused('forbidden', 'Only a member of the team does this.')
  const { run, items, slots } = facts
  const gate = decideGate({ run, items, slots, now: now.getTime(), askedDigest: null })
  const obstacle = runObstacle({ act: 'correctRelease', run, items, gate })
  if (obstacle) return refused(obstacle.code, obstacle.message)
  const release = { version: input.version, commit: input.commit, artifactDigest: input.artifactDigest }
  const given = input.author === undefined ? undefined : { given: input.author, member: facts.authorMember }
  const settled = given && settleAuthor(given)
  if (given && settled === undefined) return refused('invalid', NO_MEMBER, { fields: { author: NO_MEMBER } })
  const author = settled === undefined || isSameAuthor(run.author, settled) ? undefined : settled
  const sameRelease = isSame(run.release, release)
  if (sameRelease && author === undefined)
    return { kind: 'unchanged', value: { release, author: run.author, voided: [] } }

  const reason = write(input.reason)
  const by = { memberId: actor.team.memberId, name: actor.name }
  const otherBuild =
    run.release.commit !== release.commit || run.release.artifactDigest !== release.artifactDigest
  // A notice names the version too: who was told of another one was not told of this.
  const seen = items.filter(
    ({ key, fold }) =>
      ((otherBuild || (!sameRelease && facts.asksVersion.has(key))) &&
        (fold.seen !== null || fold.attempt !== null)) ||
      (!sameRelease && fold.notice !== undefined),
  )
  const changes = seen.map(
    (item) =>
      advance({ item, row: { kind: 'void', by, at: now.getTime() }, seq: seq + 1, evidenceId: newId() })
        .change,
  )
  const staled = staledSlots({ slots, otherRelease: sameRelease ? null : release, author, actor })
  const said = (one: KeptAuthor | Author | null) => authorSaid({ author: one, write })
  const authors = author === undefined ? {} : { authors: { from: said(run.author), to: said(author) } }
  return {
    kind: 'changed',
    change: {
      teamId: facts.teamId,
      runId: run.id,
      at: now,
      items: changes,
      stale: staled.map(({ role, reason: why }) => ({ role, reason: why })),
      release,
      isOtherRelease: !sameRelease,
      author,
    },
    value: {
      release,
      author: author === undefined ? run.author : author,
      voided: seen.map(({ key }) => key),
    },
    entries: [
      {
        action: 'run.release_corrected',
        data: { from: { ...run.release }, to: release, ...authors, reason },
      },
      ...staled.map(
        ({ role, memberId, because }): AuditEntry => ({
          action: 'run.signature_staled',
          data: { role, memberId, because },
        }),
      ),
    ],
  }
}
