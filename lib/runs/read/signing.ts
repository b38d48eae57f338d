import type { MemberActor } from '#lib/access/actor.ts'
import { slotSlug } from '#lib/runs/slot-view.ts'
import { db } from '#lib/server/db.ts'
import { stamp } from '#lib/server/stamp.ts'
import type { Decision } from '#lib/shared/codes.ts'
import { standingAttachments } from '../attachment-view.ts'
import type { ItemFold } from '../fold.ts'
import { grade, stateOf } from '../fold.ts'
import {
  limitationsOf,
  type Manifest,
  type ManifestItem,
  manifestHash,
  manifestText,
  paceOf,
} from '../manifest.ts'
import { type ItemRow, type RunRow, ruleItem, ruleRun, ruleSlot, type SlotRow } from '../rows.ts'
import type { RuleItem } from '../run-facts.ts'
import { scopeChanges, scopeDigest, scopeText } from '../scope.ts'
import { freeHolders, type Obstacle, obstacles } from '../signability.ts'

type Texts = Record<string, string | null>

type SigningRow = {
  run: RunRow & {
    number: number
    revision: number
    change_ticket: string | null
    service: string
    environment: string
  }
  checklist: { title: string; version: number }
  sections: Record<string, string[]>
  items: ItemRow[]
  slots: (SlotRow & { scope_text: string | null })[]
  texts: Texts
  hashes: Record<string, string>
  head: { seq: number; hash: string }
  holders: { role: string; memberId: string; name: string }[]
}

export type SigningView = {
  manifest: Manifest
  text: string
  hash: string
  mark: string
  /** Why each decision is not possible now; empty means it is. */
  obstacles: Record<Decision, Obstacle[]>
  /** Who holds the role, and who of them may sign this slot. */
  holders: string[]
  whoCan: string[]
  /** What changed since this person's role was last signed, by item key; null when it never was. */
  since: {
    name: string
    signedAt: number
    staleReason: string | null
    changes: ReturnType<typeof scopeChanges>
  } | null
}

const ERASED = '(erased)'

function manifestItem({
  item,
  section,
  texts,
  hashes,
}: {
  item: RuleItem
  section: string[]
  texts: Texts
  hashes: Record<string, string>
}): ManifestItem {
  const words = (id: string | undefined): string => (id ? (texts[id] ?? ERASED) : ERASED)
  const {
    tick,
    witnesses,
    notApplicable,
    fail,
    seen,
    attachments = [],
    acknowledged = [],
  }: ItemFold = item.fold
  const standing = standingAttachments(attachments, texts)
  return {
    key: item.key,
    section,
    text: item.text,
    state: stateOf(item.fold),
    grade: grade(item.fold),
    minGrade: item.minGrade,
    required: item.required,
    tick: tick
      ? {
          by: tick.by.name,
          at: tick.at,
          note: tick.note ? words(tick.note.textId) : null,
          overProbe: tick.overProbe,
        }
      : null,
    witnesses: witnesses.map(({ by, at }) => ({ by: by.name, at })),
    notApplicable: notApplicable
      ? {
          by: notApplicable.by.name,
          at: notApplicable.at,
          reason: words(notApplicable.reason.textId),
          verifiedBy: notApplicable.verified?.by.name ?? null,
        }
      : null,
    fail: fail ? { by: fail.by.name, at: fail.at, reason: words(fail.reason.textId) } : null,
    seen: seen
      ? {
          observation: seen.id,
          verdict: seen.verdict,
          line: seen.line,
          at: seen.at,
          configHash: seen.configHash,
          observationHash: hashes[seen.id] ?? '',
        }
      : null,
    ...(acknowledged.length > 0
      ? { acknowledged: acknowledged.map(({ by, at, to }) => ({ by: by.name, at, to })) }
      : {}),
    ...(standing.length > 0 ? { attachments: standing } : {}),
  }
}

/** The page where one role of a run is signed, or null when there is no such run or slot in the actor's team. */
export async function getSigningPage(
  actor: MemberActor,
  { service, number, role, at }: { service: string; number: number; role: string; at?: Date },
): Promise<SigningView | null> {
  const rows = await db().$queryRaw<{ page: SigningRow }[]>`
    SELECT json_build_object(
      'run', json_build_object('id', r.id, 'state', r.state, 'version', r.version, 'commit', r.commit, 'artifact_digest', r.artifact_digest, 'author_id', author_of(r), 'author_name', r.author_name,
        'template_hash', r.template_hash, 'window_start', r.window_start, 'window_end', r.window_end, 'number', r.number,
        'revision', r.revision, 'change_ticket', r.change_ticket, 'service', s.slug, 'environment', e.slug),
      'checklist', json_build_object('title', t.name, 'version', tv.number),
      'sections', (SELECT json_object_agg(x ->> 'key', x -> 'path') FROM jsonb_array_elements(tv.model -> 'sections') x),
      'items', (SELECT coalesce(json_agg(i ORDER BY i.ordinal), '[]') FROM run_item i WHERE i.run_id = r.id),
      'slots', (SELECT coalesce(json_agg(x ORDER BY x.ordinal), '[]') FROM (
        SELECT sl.ordinal, sl.role, sl.scope, so.member_id, so.member_name, so.decision, so.signed_at, so.stale_reason, so.manifest_hash, so.scope_digest, so.scope_text,
          EXISTS (SELECT FROM member m JOIN member_role mr ON mr.member_id = m.id JOIN signoff_role sr ON sr.id = mr.role_id
                  WHERE m.id = so.member_id AND m.deactivated_at IS NULL AND sr.name = sl.role) AS holds_role
        FROM run_slot sl LEFT JOIN signoff so ON so.run_id = sl.run_id AND so.role = sl.role AND so.superseded_at IS NULL
        WHERE sl.run_id = r.id) x),
      'texts', (SELECT coalesce(json_object_agg(x.id, x.body), '{}') FROM audit_text x WHERE x.stream = r.id),
      'hashes', (SELECT coalesce(json_object_agg(ev.canonical::json -> 'data' ->> 'observationId', ev.canonical::json -> 'data' ->> 'observationHash'), '{}')
                 FROM audit_event ev WHERE ev.stream = r.id AND ev.action IN ('run.probe_observed', 'run.probe_confirmed')
                   AND ev.canonical::json -> 'data' ->> 'observationId' IN (SELECT i.fold -> 'seen' ->> 'id' FROM run_item i WHERE i.run_id = r.id)),
      'head', (SELECT json_build_object('seq', st.seq, 'hash', encode(st.head, 'hex')) FROM audit_stream st WHERE st.id = r.id),
      'holders', (SELECT coalesce(json_agg(json_build_object('role', sr.name, 'memberId', m.id, 'name', u.name) ORDER BY u.name), '[]')
                  FROM member m JOIN user_account u ON u.id = m.user_id JOIN member_role mr ON mr.member_id = m.id JOIN signoff_role sr ON sr.id = mr.role_id
                  WHERE m.team_id = r.team_id AND m.deactivated_at IS NULL)
    ) AS page
    FROM run r JOIN service s ON s.id = r.service_id JOIN environment e ON e.id = r.environment_id
    JOIN template_version tv ON tv.id = r.template_version_id JOIN template t ON t.id = tv.template_id
    WHERE r.team_id = ${actor.team.id}::uuid AND s.slug = ${service} AND r.number = ${number}`
  const page = rows[0]?.page
  return page ? compose({ actor, page, roleSlug: role, supplied: at ?? null }) : null
}

function compose({
  actor,
  page,
  roleSlug,
  supplied,
}: {
  actor: MemberActor
  page: SigningRow
  roleSlug: string
  supplied: Date | null
}): SigningView | null {
  const slotRow = page.slots.find((slot) => slotSlug({ role: slot.role, slots: page.slots }) === roleSlug)
  if (!slotRow) return null
  const { role } = slotRow
  const run = ruleRun(page.run)
  const slots = page.slots.map(ruleSlot)
  const slot = ruleSlot(slotRow)
  const all = page.items.map(ruleItem)
  const covered = all.filter(({ key }) => slot.scope.includes(key))
  const scope = { run, role, items: covered }
  const manifest: Manifest = {
    v: 1,
    run: {
      id: run.id,
      service: page.run.service,
      environment: page.run.environment,
      number: page.run.number,
      team: actor.team.name,
      sample: actor.team.sample,
      revision: page.run.revision,
      state: run.state,
    },
    release: run.release,
    author: run.author,
    limitations: limitationsOf({ role, author: run.author }),
    change: page.run.change_ticket,
    window: { start: run.windowStart, end: run.windowEnd },
    checklist: { ...page.checklist, hash: run.templateHash },
    role,
    signer: { memberId: actor.team.memberId, name: actor.name },
    scopeDigest: scopeDigest(scope),
    logHead: page.head,
    items: covered.map((item) =>
      manifestItem({
        item,
        section: page.sections[item.sectionKey] ?? [],
        texts: page.texts,
        hashes: page.hashes,
      }),
    ),
    pace: paceOf(all.flatMap(({ fold }) => (fold.tick ? [fold.tick.at] : []))),
    // As in the log, a supplied clock counts in sample teams alone.
    shownAt: (actor.team.sample ? supplied?.getTime() : null) ?? Date.now(),
  }
  const text = manifestText(manifest)
  const signer = { memberId: actor.team.memberId, roles: actor.team.roles }
  const ask = (decision: Decision) => obstacles({ signer, slot, slots, items: covered, decision, run })
  const holders = page.holders.filter((holder) => holder.role === role)
  return {
    manifest,
    text,
    hash: manifestHash(text),
    mark: stamp(text),
    obstacles: {
      go: ask('go'),
      conditional_go: ask('conditional_go'),
      no_go: ask('no_go'),
      recuse: ask('recuse'),
    },
    holders: holders.map(({ name }) => name),
    whoCan: freeHolders({ slot, slots, holders, run }).map(({ name }) => name),
    since:
      slot.standing && slotRow.scope_text
        ? {
            name: slot.standing.name,
            signedAt: slot.standing.signedAt,
            staleReason: slot.standing.staleReason,
            changes: scopeChanges({ signed: slotRow.scope_text, now: scopeText(scope) }),
          }
        : null,
  }
}
