import type { Moment } from './calendar.ts'
import type { Who } from './cast.ts'

/** A person fails an item, and another puts it right later. */
export type Stumble = {
  item: string
  by: Who
  minute: number
  reason: string
  mendedBy: Who
  mended: number
  note: string
}

/** One release of the sample's history. */
export type Release = {
  version: string
  ticket: string
  environment: 'staging' | 'production'
  opened: Moment
  /** Questions answered with yes; the others are answered with no. */
  yes: readonly string[]
  /** Notes by the beginning of an item's text, over the usual ones. */
  notes: Readonly<Record<string, string>>
  /** What the target had broken when the probes looked first; mended an hour later. */
  broken?: readonly string[]
  stumble?: Stumble
  ending:
    | { kind: 'closed' }
    | { kind: 'rolled_back'; minute: number; reason: string }
    | { kind: 'aborted'; minute: number; reason: string }
}

const ALWAYS = ['websockets', 'user-facing-changes'] as const

export const RELEASES: readonly Release[] = [
  {
    version: 'v2.7.0',
    ticket: 'CHG-2041',
    environment: 'production',
    opened: { weeksAgo: 8, weekday: 1, hour: 8, minute: 41 },
    yes: [...ALWAYS, 'new-features'],
    notes: {
      'All tests pass': '1,418 tests, none failed, build 5031.',
      'Database backup': 'Snapshot acme-2041, restored into the scratch cluster to be sure.',
    },
    ending: { kind: 'closed' },
  },
  {
    version: 'v2.8.0',
    ticket: 'CHG-2044',
    environment: 'production',
    opened: { weeksAgo: 7, weekday: 2, hour: 9, minute: 6 },
    yes: [...ALWAYS, 'interface-changes'],
    notes: {
      'API documentation': 'The two new fields of /claims are described, with an example.',
      'Code coverage': '84 %, two points up.',
    },
    broken: ['hsts'],
    ending: { kind: 'closed' },
  },
  {
    version: 'v2.9.0',
    ticket: 'CHG-2048',
    environment: 'production',
    opened: { weeksAgo: 6, weekday: 1, hour: 9, minute: 18 },
    yes: [...ALWAYS, 'new-features', 'status-page'],
    notes: { 'Query performance': 'Claims list by clinic: 40 ms on the staging copy.' },
    ending: {
      kind: 'rolled_back',
      minute: 27,
      reason:
        'p95 of the claims list went from 300 ms to 3.4 s after ten minutes of traffic: the new filter reads the whole claims table for large clinics. Going back to v2.8.0 instead of adding an index under load.',
    },
  },
  {
    version: 'v2.9.1',
    ticket: 'CHG-2049',
    environment: 'production',
    opened: { weeksAgo: 6, weekday: 3, hour: 8, minute: 12 },
    yes: [...ALWAYS],
    notes: {
      'Query performance':
        'Index on claims (clinic_id, filed_at); 12 ms for the largest clinic, measured on a full copy.',
      'Code has been reviewed': 'The fix of INC-311 only; ran the slow query against the copy myself.',
    },
    ending: { kind: 'closed' },
  },
  {
    version: 'v2.10.0',
    ticket: 'CHG-2055',
    environment: 'production',
    opened: { weeksAgo: 5, weekday: 2, hour: 12, minute: 53 },
    yes: [...ALWAYS, 'secrets-rotation', 'new-procedures'],
    notes: {
      'Secrets rotated': 'Keys of the mail and the scoring provider, old ones revoked.',
      'Runbook updated': 'How to replay claims that the scoring provider refused.',
    },
    stumble: {
      item: 'Rate limits',
      by: 'bo',
      minute: 71,
      reason: 'The limit for /claims/import is still the one of staging (10,000 a minute).',
      mendedBy: 'cem',
      mended: 83,
      note: 'Set to 600 a minute, checked against the running configuration.',
    },
    ending: { kind: 'closed' },
  },
  {
    version: 'v2.11.0',
    ticket: 'CHG-2059',
    environment: 'production',
    opened: { weeksAgo: 4, weekday: 1, hour: 9, minute: 2 },
    yes: [...ALWAYS, 'new-features'],
    notes: {},
    ending: {
      kind: 'aborted',
      minute: 96,
      reason:
        'The scoring provider announced an outage for this afternoon; nobody could tell our faults from theirs. Again on Thursday.',
    },
  },
  {
    version: 'v2.11.0',
    ticket: 'CHG-2060',
    environment: 'production',
    opened: { weeksAgo: 4, weekday: 3, hour: 10, minute: 4 },
    yes: [...ALWAYS, 'new-features'],
    notes: { 'Customer support': 'Support has the list of the new claim states since Monday.' },
    ending: { kind: 'closed' },
  },
  {
    version: 'v2.12.0',
    ticket: 'CHG-2066',
    environment: 'production',
    opened: { weeksAgo: 3, weekday: 2, hour: 8, minute: 27 },
    yes: [...ALWAYS, 'interface-changes'],
    notes: { 'Cache hit rates': '94 % over the last week.' },
    broken: ['compression'],
    ending: { kind: 'closed' },
  },
  {
    version: 'v2.13.0',
    ticket: 'CHG-2071',
    environment: 'staging',
    opened: { weeksAgo: 1, weekday: 0, hour: 13, minute: 15 },
    yes: [...ALWAYS],
    notes: { 'Migrations have been tested': 'This run is the test: forwards, backwards and forwards again.' },
    ending: { kind: 'closed' },
  },
  {
    version: 'v2.13.0',
    ticket: 'CHG-2073',
    environment: 'production',
    opened: { weeksAgo: 1, weekday: 2, hour: 8, minute: 49 },
    yes: [...ALWAYS, 'new-features'],
    notes: { 'Response times': 'p95 at 310 ms, the same as yesterday at this hour.' },
    ending: { kind: 'closed' },
  },
]
