import type { Story } from './acts.ts'
import { type Round, UNREACHED } from './answers.ts'
import { minutesAfter } from './calendar.ts'
import { openDiary } from './history.ts'

/** How long ago today's run was opened, in minutes; its last act is a few minutes old. */
const AGE = 172

const NOTES: Readonly<Record<string, string>> = {
  'All tests pass': '1,506 tests, none failed, build 5162.',
  'Database backup': 'Snapshot acme-2079; restored and counted: 18.2 million claims.',
}

const plain = (...items: string[]) => items.map((item) => ({ item }))

const ROUNDS: readonly Round[] = [
  {
    who: 'ana',
    from: 8,
    answers: [
      { item: 'All tests pass', witness: 'bo' },
      ...plain(
        'Code coverage',
        'No critical security',
        'All merge conflicts',
        'Migrations have been tested',
        'Migrations are backwards',
        'Verify migration',
        'Feature flags',
        'All dependencies pinned',
        'No known vulnerabilities',
        'Query performance',
        'No N+1',
        'Indexes properly',
      ),
    ],
  },
  {
    who: 'cem',
    from: 37,
    answers: [
      { item: 'Database backup', witness: 'ana' },
      ...plain(
        'Environment variables',
        'Rate limits',
        'Third-party',
        'Kubernetes cluster',
        'Sufficient resources',
        'Audit logging enabled',
        'Cache TTLs',
        'Connection pooling',
      ),
      ...UNREACHED,
    ],
  },
  {
    who: 'dee',
    from: 62,
    answers: [
      { item: 'PHI encryption at rest', witness: 'cem' },
      { item: 'Access controls', witness: 'ana' },
      { item: 'MFA enabled', witness: 'cem' },
    ],
  },
  {
    who: 'ana',
    from: 74,
    answers: plain('Session timeout', 'Password policies', 'JWT token', 'Session management'),
  },
]

/** Today's run: under way, two have signed and one of them must look again, and there is enough left to do. */
export function runInProgress(now: Date): Story {
  const openedAt = minutesAfter(now, -AGE)
  const { acts, add, round } = openDiary({ openedAt, notes: NOTES, seed: 7 })
  add(0.2, 'ana', { deed: 'probe', keys: 'all', broken: ['redis'] })
  for (const each of ROUNDS) round(each, 0)
  add(51, 'bo', {
    deed: 'note',
    item: 'Feature flags',
    note: 'The new scoring goes to 5 % of the clinics first, behind scoring_v3. Ask me before raising it.',
  })
  add(84, 'ana', {
    deed: 'notApplicable',
    item: 'Update status page',
    reason: 'No downtime is expected; the status page stays as it is.',
  })
  add(96, 'bo', { deed: 'verify', item: 'Update status page' })
  add(118, 'cem', { deed: 'sign', role: 'DevOps' })
  add(131, 'dee', { deed: 'sign', role: 'Security' })
  add(149, 'ana', {
    deed: 'untick',
    item: 'No known vulnerabilities',
    reason: 'An advisory for one of our dependencies came out this morning.',
  })
  add(161, 'ana', {
    deed: 'tick',
    item: 'No known vulnerabilities',
    note: 'Upgraded to the fixed version and scanned again: nothing known.',
  })
  // Just before somebody looks, so that the board greets them with what machines saw and not with evidence of two hours ago.
  add(170, 'ana', { deed: 'probe', keys: 'all', broken: ['redis'] })
  return {
    version: 'v2.14.0',
    ticket: 'CHG-2079',
    environment: 'production',
    openedAt,
    window: null,
    yes: ['websockets', 'user-facing-changes', 'interface-changes'],
    unanswered: ['status-page'],
    acts: acts.sort((one, other) => one.at.getTime() - other.at.getTime()),
  }
}
