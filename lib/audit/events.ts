import { z } from 'zod'
import { items, key, text } from './event-parts.ts'
import { noticeEvents } from './notice-events.ts'
import { probeEvents } from './probe-events.ts'
import { reportEvents } from './report-events.ts'

/**
 * Every line that the log can hold: a closed union. `data` is part of the hashed envelope, so it holds ids, codes,
 * digests and names of things; what people typed stands in the side table of texts and only `{textId, hash}` here.
 */
/** Who wrote a commit: a member, or by the text of what was typed; null when nobody is named. */
const author = z.object({ memberId: z.uuid().nullable(), name: z.string().nullable(), text }).nullable()
const data = {
  'account.signed_in': z.object({ userId: z.uuid() }),
  'account.sign_in_refused': z.object({ emailHash: z.string(), reason: z.string() }),
  'account.signed_out': z.object({ userId: z.uuid(), reason: z.string() }),
  'account.session_ended': z.object({ userId: z.uuid() }),
  'account.password_changed': z.object({ userId: z.uuid(), by: z.string() }),
  'account.owner_unlocked': z.object({ userId: z.uuid() }),
  'account.created': z.object({ userId: z.uuid(), name: z.string() }),
  'team.created': z.object({ teamId: z.uuid(), slug: z.string(), name: z.string(), sample: z.boolean() }),
  'team.member_invited': z.object({
    invitationId: z.uuid(),
    emailHash: z.string(),
    accountRole: z.string(),
    roles: z.array(z.string()),
  }),
  'team.invitation_revoked': z.object({ invitationId: z.uuid() }),
  'team.member_joined': z.object({
    memberId: z.uuid(),
    name: z.string(),
    accountRole: z.string(),
    roles: z.array(z.string()),
  }),
  'team.account_role_changed': z.object({
    memberId: z.uuid(),
    name: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  'team.signoff_roles_changed': z.object({
    memberId: z.uuid(),
    name: z.string(),
    from: z.array(z.string()),
    to: z.array(z.string()),
  }),
  'team.signoff_role_added': z.object({ roleId: z.uuid(), name: z.string() }),
  'team.member_deactivated': z.object({ memberId: z.uuid(), name: z.string() }),
  'team.member_reactivated': z.object({ memberId: z.uuid(), name: z.string() }),
  'team.reset_link_made': z.object({ memberId: z.uuid(), name: z.string() }),
  'service.created': z.object({ serviceId: z.uuid(), slug: z.string(), name: z.string() }),
  'service.environment_added': z.object({ environmentId: z.uuid(), service: z.string(), slug: z.string() }),
  'service.environment_changed': z.object({
    environmentId: z.uuid(),
    service: z.string(),
    slug: z.string(),
    variables: z.object({
      added: z.array(z.string()),
      removed: z.array(z.string()),
      changed: z.array(z.string()),
    }),
    allowList: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
  }),
  'service.secret_set': z.object({
    environmentId: z.uuid(),
    service: z.string(),
    slug: z.string(),
    name: z.string(),
    replaced: z.boolean(),
    /** It stood among the plain variables until now. */
    wasPlain: z.boolean(),
  }),
  'service.secret_removed': z.object({
    environmentId: z.uuid(),
    service: z.string(),
    slug: z.string(),
    name: z.string(),
  }),
  'service.secrets_resealed': z.object({ count: z.int(), keyId: z.string() }),
  'service.gate_token_made': z.object({
    tokenId: z.uuid(),
    service: z.string(),
    environment: z.string().nullable(),
    name: z.string(),
    /** Absent in lines from when every such token asked the gate alone. */
    scopes: z.array(z.string()).optional(),
    /** Number of the run that it works for alone. */
    run: z.int().optional(),
    expiresAt: z.int(),
  }),
  'service.gate_token_revoked': z.object({ tokenId: z.uuid(), service: z.string(), name: z.string() }),
  'service.webhook_secret_made': z.object({
    environmentId: z.uuid(),
    service: z.string(),
    slug: z.string(),
    number: z.int(),
  }),
  /** A look that no run keeps was kept from an address: a trial, or one whose item no longer asks. `target`, host and port, is absent in older lines. */
  'service.look_blocked': z.object({
    environmentId: z.uuid(),
    target: z.string().optional(),
    why: z.string(),
  }),
  /** A saved address of the environment was tried: that of a variable or secret by its name, or an entry of the allow-list. */
  'service.connection_tried': z.object({
    environmentId: z.uuid(),
    service: z.string(),
    slug: z.string(),
    of: z.enum(['variable', 'entry']),
    name: z.string(),
  }),
  'team.api_token_made': z.object({
    tokenId: z.uuid(),
    name: z.string(),
    scopes: z.array(z.string()),
    expiresAt: z.int(),
  }),
  'team.api_token_revoked': z.object({ tokenId: z.uuid(), name: z.string() }),
  'template.fetch_blocked': z.object({ host: z.string(), why: z.string() }),
  'template.published': z.object({
    templateId: z.uuid(),
    versionId: z.uuid(),
    slug: z.string(),
    number: z.int(),
    sourceHash: z.string(),
    items: z.int(),
    /** How many of them keep the key, and so the history, of an item of the version before; absent in older lines. */
    continued: z.int().optional(),
    /** Number of the old version whose text this is. */
    restores: z.int().optional(),
  }),
  'template.archived': z.object({ templateId: z.uuid(), slug: z.string() }),
  'template.unarchived': z.object({ templateId: z.uuid(), slug: z.string() }),
  /** A probe of a text that is not published was tried with an environment's variables. */
  'template.probe_tried': z.object({
    environmentId: z.uuid(),
    service: z.string(),
    slug: z.string(),
    probe: text,
  }),
  'run.opened': z.object({
    runId: z.uuid(),
    service: z.string(),
    environment: z.string(),
    number: z.int(),
    templateVersionId: z.uuid(),
    templateHash: z.string(),
    version: z.string(),
    commit: z.string(),
    artifactDigest: z.string().nullable(),
    // Logs from before it was asked for stay readable.
    author: author.default(null),
    changeTicket: z.string().nullable(),
    windowStart: z.int().nullable(),
    windowEnd: z.int().nullable(),
    facts: z.record(z.string(), z.boolean().nullable()),
    sample: z.boolean(),
    /** Items that go without their probe, as the environment lacks what it is asked only with. */
    leftOut: z.array(key).default([]),
  }),
  'run.item_ticked': items.extend({ note: text }),
  'run.item_unticked': items.extend({ reason: text, of: z.string().nullable() }),
  'run.item_failed': items.extend({ reason: text }),
  'run.item_marked_not_applicable': items.extend({ reason: text, fact: z.string().nullable() }),
  'run.item_not_applicable_verified': items,
  'run.item_witnessed': items.extend({ of: z.string() }),
  'run.item_noted': items.extend({ note: text }),
  'run.evidence_attached': items.extend({
    attachmentId: z.uuid(),
    label: text,
    note: text,
    /** Of a file; null of a link. */
    file: z.object({ sha256: z.string(), bytes: z.int(), mediaType: z.string() }).nullable(),
    replaces: z.uuid().nullable(),
  }),
  'run.evidence_withdrawn': items.extend({ attachmentId: z.uuid(), reason: text }),
  'run.fact_answered': z.object({ fact: z.string(), answer: z.boolean().nullable() }),
  ...probeEvents,
  ...reportEvents,
  ...noticeEvents,
  'run.release_corrected': z.object({
    from: z.object({ version: z.string(), commit: z.string(), artifactDigest: z.string().nullable() }),
    to: z.object({ version: z.string(), commit: z.string(), artifactDigest: z.string().nullable() }),
    /** Of the commit; absent where it stays. */
    authors: z.object({ from: author, to: author }).optional(),
    reason: text,
  }),
  'run.signed': z.object({
    role: z.string(),
    decision: z.string(),
    meaning: z.string(),
    method: z.string(),
    manifestHash: z.string(),
    scopeDigest: z.string(),
    reason: text,
  }),
  'run.signature_staled': z.object({ role: z.string(), memberId: z.uuid(), because: z.string() }),
  'run.signature_annotated': z.object({ role: z.string(), memberId: z.uuid(), because: z.string() }),
  'run.deployment_started': z.object({
    gate: z.object({
      go: z.boolean(),
      itemsHash: z.string(),
      slots: z.array(z.object({ role: z.string(), manifestHash: z.string() })),
    }),
  }),
  'run.deployed': z.object({}),
  'run.deployed_undone': z.object({ reason: text }),
  'run.rollback_started': z.object({ reason: text }),
  'run.rolled_back': z.object({}),
  'run.aborted': z.object({ reason: text, deployed: z.boolean().nullable() }),
  'run.closed': z.object({}),
  'access.refused': z.object({ verb: z.string(), because: z.string() }),
} as const

export type Action = keyof typeof data
export type EventData<A extends Action> = z.infer<(typeof data)[A]>

/** One line of the log before it has a place in a stream. */
export type AuditEntry = { [A in Action]: { action: A; data: EventData<A> } }[Action]
export type AuditEntries = readonly [AuditEntry, ...AuditEntry[]]

export const ACTIONS = Object.keys(data) as Action[]

/** Parses the data of a stored event; throws when the stored line is of no known shape. */
export function parseEntry(action: string, value: unknown): AuditEntry {
  const schema = data[action as Action]
  if (!schema) throw new TypeError(`unknown action ${action}`)
  return { action, data: schema.parse(value) } as AuditEntry
}
