import { canonical } from '#lib/shared/canonical.ts'
import type { Decision, Grade, ItemState, RunState, Stage } from '#lib/shared/codes.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import type { Json } from '#lib/shared/result.ts'
import type { Author } from './author.ts'
import { isIndependentRole } from './independent-roles.ts'
import type { Release } from './run-facts.ts'

/** What a signature says (21 CFR 11.50(a)(3)); fixed sentences, so that nobody signs a meaning of their own making. */
export function meaningOf({ role, decision }: { role: string; decision: Decision }): string {
  switch (decision) {
    case 'go':
      return `As ${role} I have examined what is shown here and approve this deployment.`
    case 'conditional_go':
      return `As ${role} I approve this deployment under the conditions I have written.`
    case 'no_go':
      return `As ${role} I have examined what is shown here and this release must not be deployed, for the reason I have written.`
    case 'recuse':
      return `I hold the role ${role} and leave this decision to another holder of it.`
  }
}

export type ManifestItem = {
  key: string
  section: string[]
  text: string
  state: ItemState
  grade: Grade
  minGrade: Grade
  required: boolean
  tick: { by: string; at: number; note: string | null; overProbe: boolean } | null
  witnesses: { by: string; at: number }[]
  notApplicable: { by: string; at: number; reason: string; verifiedBy: string | null } | null
  fail: { by: string; at: number; reason: string } | null
  seen: {
    observation: string
    verdict: string
    line: string
    at: number
    configHash: string
    observationHash: string
  } | null
  /** Receivers of the item's notice who acknowledged it; absent where nobody did. */
  acknowledged?: { by: string; at: number; to: string }[]
  /** Files and links that stand behind it; left out where there is none. */
  attachments?: ManifestAttachment[]
}

export type ManifestAttachment = {
  label: string
  note: string | null
  by: string
  at: number
  /** Null of a link. */
  file: { sha256: string; bytes: number; mediaType: string } | null
}

export type Limitation = 'commit_author_unknown'

export const LIMITATION_WORDS: Record<Limitation, string> = {
  commit_author_unknown:
    'Nobody was named as the author of the commit, so it was not checked that the signer is another person.',
}

/** Limits of a signature that are printed on it, because they do not stop it. */
export function limitationsOf({ role, author }: { role: string; author: Author | null }): Limitation[] {
  return isIndependentRole(role) && author === null ? ['commit_author_unknown'] : []
}

/** The limitations that a stored manifest carries; none in one from before they were written. */
export function limitationsIn(manifest: string): Limitation[] {
  return readManifest(manifest).limitations
}

/** How fast the hand ticks of the run came: shown to the signer, about the run and never about one person. */
export type Pace = {
  ticks: number
  firstAt: number | null
  lastAt: number | null
  fastestFiveMs: number | null
}

/** All that the signer sees. Its canonical text is shown, hashed and kept; nothing outside it is signed. */
export type Manifest = {
  v: 1
  run: {
    id: string
    service: string
    environment: string
    number: number
    team: string
    sample: boolean
    revision: number
    /** As it was when the text was shown: a signature may come after the start of the deployment. */
    state: RunState
  }
  release: Release
  /** Who wrote the commit; null when nobody was named. */
  author: Author | null
  /** What could not be checked of the signer's independence, by code; empty when all of it was. */
  limitations: Limitation[]
  change: string | null
  window: { start: number | null; end: number | null }
  checklist: { title: string; version: number; hash: string }
  role: string
  signer: { memberId: string; name: string }
  scopeDigest: string
  logHead: { seq: number; hash: string }
  items: ManifestItem[]
  pace: Pace
  shownAt: number
}

export function manifestText(manifest: Manifest): string {
  return canonical(manifest as unknown as Json)
}

/** A stored manifest as today's pages read it: one from before a field existed says what was known then. */
export function readManifest(text: string): Manifest {
  const stored = JSON.parse(text) as Manifest
  const { run, author = null, limitations = [] } = stored
  return { ...stored, author, limitations, run: { ...run, state: run.state ?? 'preparing' } }
}

/** SHA-256 of the canonical text: what is signed. */
export function manifestHash(text: string): string {
  return sha256Hex(text)
}

/** Reading order of the signing page: let through without proof, said by people, seen by machines, still open. */
export function groupItems(items: readonly ManifestItem[]): {
  unsettled: ManifestItem[]
  letThrough: ManifestItem[]
  said: ManifestItem[]
  seen: ManifestItem[]
} {
  return {
    unsettled: items.filter(({ state }) => state === 'open' || state === 'failed'),
    letThrough: items.filter(({ state }) => state === 'not_applicable' || state === 'waived'),
    said: items.filter(({ state, grade }) => state === 'passed' && grade !== 'observed'),
    seen: items.filter(({ state, grade }) => state === 'passed' && grade === 'observed'),
  }
}

/** The pace of hand ticks, times in milliseconds. */
export function paceOf(ticks: readonly number[]): Pace {
  const sorted = [...ticks].sort((one, other) => one - other)
  const spans = sorted.slice(4).map((at, index) => at - (sorted[index] ?? at))
  return {
    ticks: sorted.length,
    firstAt: sorted[0] ?? null,
    lastAt: sorted.at(-1) ?? null,
    fastestFiveMs: spans.length > 0 ? Math.min(...spans) : null,
  }
}

/** Stages whose items a slot may cover: what is decided before the go. */
export const SIGNED_STAGES: readonly Stage[] = ['prepare', 'deploy']
