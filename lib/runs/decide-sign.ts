import type { DecideContext, Decision as DoorDecision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { Decision, Grade, ItemState } from '#lib/shared/codes.ts'
import { GRADE_WORDS, ITEM_STATE_WORDS } from '#lib/shared/words.ts'
import { plainInline } from '#lib/templates/inline.ts'
import { grade, stateOf } from './fold.ts'
import { manifestHash, meaningOf } from './manifest.ts'
import type { Release, RuleItem, RuleRun, RuleSlot } from './run-facts.ts'
import { scopeDigest, scopeText } from './scope.ts'
import { obstacles } from './signability.ts'

export type SignFacts = Facts & {
  run: RuleRun
  slots: RuleSlot[]
  items: RuleItem[]
  signer: { memberId: string; name: string; roles: readonly string[] }
}
export type SignInput = { role: string; decision: Decision; reason: string | null; manifest: string }

export type SignChange = {
  signoffId: string
  runId: string
  role: string
  memberId: string
  memberName: string
  decision: Decision
  meaning: string
  reasonId: string | null
  manifest: string
  manifestHash: string
  scopeDigest: string
  scopeText: string
  at: Date
}

export type Signed = {
  signoffId: string
  role: string
  decision: Decision
  manifestHash: string
  signedAt: number
}

type ShownItem = { key: string; text: string; state: ItemState; grade: Grade }
type Shown = {
  scopeDigest: string
  role: string
  run: { id: string }
  release?: Release
  signer: { memberId: string }
  items?: ShownItem[]
}

const settled = ({ state, grade }: { state: ItemState; grade: Grade }): string =>
  state === 'passed' ? GRADE_WORDS[grade] : ITEM_STATE_WORDS[state]

function isSameRelease(one: Release, other: Release): boolean {
  return (
    one.version === other.version &&
    one.commit === other.commit &&
    one.artifactDigest === other.artifactDigest
  )
}

/** What moved between the text on the page and now, each in one line of words. */
export function changesSince({
  shown,
  release,
  items,
}: {
  shown: Pick<Shown, 'items' | 'release'>
  release: Release
  items: readonly RuleItem[]
}): string[] {
  const lines = [
    ...(shown.release && !isSameRelease(shown.release, release)
      ? [`The release is now ${release.version}, commit ${release.commit}`]
      : []),
  ]
  const now = new Map(items.map((item) => [item.key, item]))
  for (const before of shown.items ?? []) {
    const item = now.get(before.key)
    if (!item) continue
    const [was, is] = [settled(before), settled({ state: stateOf(item.fold), grade: grade(item.fold) })]
    if (was !== is) lines.push(`“${plainInline(before.text)}” was ${was}, is ${is}`)
  }
  return lines.length > 0 ? lines : ['A note, a reason or a probe of an item you cover is another one now']
}

const NEEDS_REASON: readonly Decision[] = ['no_go', 'conditional_go']

/**
 * Signing a slot. The manifest is the text that the page showed, already known to be ours; it is refused only when its
 * scope digest is no longer the one of now (product decision 3), and `go` only for a reason that is listed.
 */
export function decideSign(
  { run, slots, items, signer }: SignFacts,
  input: SignInput,
  { now, newId, write }: DecideContext,
): DoorDecision<SignChange, Signed> {
  const slot = slots.find(({ role }) => role === input.role)
  if (!slot) return refused('no_slot', `This checklist has no slot for ${input.role}.`)
  if (NEEDS_REASON.includes(input.decision) && !input.reason) {
    return refused('reason_missing', 'Write the reason: it is part of what you sign.', {
      fields: { reason: 'Say why, in a sentence.' },
    })
  }
  const shown = JSON.parse(input.manifest) as Shown
  if (shown.run.id !== run.id || shown.role !== slot.role || shown.signer.memberId !== signer.memberId) {
    return refused(
      'other_manifest',
      'The text on the page belongs to another signature. Reload the page and read it again.',
    )
  }
  const covered = items.filter(({ key }) => slot.scope.includes(key))
  const scope = { run, role: slot.role, items: covered }
  const digest = scopeDigest(scope)
  if (shown.scopeDigest !== digest) {
    return refused(
      'scope_changed',
      'Something you cover changed while you were reading. Nothing was signed; read what changed and sign again.',
      {
        detail: {
          shown: shown.scopeDigest,
          now: digest,
          changes: changesSince({ shown, release: run.release, items: covered }),
        },
      },
    )
  }
  const found = obstacles({
    signer,
    slot,
    slots,
    items: covered,
    decision: input.decision,
    run,
  })
  const first = found[0]
  if (first)
    return refused(first.code, `${found.map(({ text }) => text).join('; ')}.`, {
      detail: { itemKeys: first.itemKeys ?? [] },
    })

  const reason = input.reason ? write(input.reason) : null
  const meaning = meaningOf(input)
  const hash = manifestHash(input.manifest)
  const signoffId = newId()
  return {
    kind: 'changed',
    change: {
      signoffId,
      runId: run.id,
      role: slot.role,
      memberId: signer.memberId,
      memberName: signer.name,
      decision: input.decision,
      meaning,
      reasonId: reason?.textId ?? null,
      manifest: input.manifest,
      manifestHash: hash,
      scopeDigest: digest,
      scopeText: scopeText(scope),
      at: now,
    },
    value: {
      signoffId,
      role: slot.role,
      decision: input.decision,
      manifestHash: hash,
      signedAt: now.getTime(),
    },
    entries: [
      {
        action: 'run.signed',
        data: {
          role: slot.role,
          decision: input.decision,
          meaning,
          method: 'password',
          manifestHash: hash,
          scopeDigest: digest,
          reason,
        },
      },
    ],
  }
}
