import type { Who } from './cast.ts'

/** Who settles an item, named by the beginning of its text; `witness`: who looked at it too. */
export type Answer = { item: string; witness?: Who; note?: string; notApplicable?: string }
/** One person's round: begins so many minutes after the opening. */
export type Round = { who: Who; from: number; answers: Answer[] }

const plain = (...items: string[]): Answer[] => items.map((item) => ({ item }))

/** The sample has no TLS and no Redis that a probe could ask: who says so all the same says how they know. */
export const UNREACHED: readonly Answer[] = [
  {
    item: 'PHI encryption in transit',
    note: 'Scanned from outside: 1.2 and 1.3 accepted, 1.0 and 1.1 refused.',
  },
  { item: 'Redis cache', note: 'redis-cli on the bastion: PONG, 41 % of its memory.' },
  { item: 'Cache hit rates', note: '93 % over the last day, from the cache’s own dashboard.' },
]

/** Before the go. What a probe shows is left to it. */
export const PREPARE: readonly Round[] = [
  {
    who: 'ana',
    from: 7,
    answers: plain(
      'All tests pass',
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
  },
  {
    who: 'cem',
    from: 24,
    answers: [
      { item: 'Database backup', witness: 'ana' },
      ...plain(
        'Environment variables',
        'Secrets rotated',
        'Rate limits',
        'Third-party',
        'Kubernetes cluster',
        'Sufficient resources',
        'Load balancer',
        'Audit logging enabled',
        'Cache TTLs',
        'Connection pooling',
      ),
      ...UNREACHED,
      { item: 'SSL certificates', note: 'Read at the balancer: 71 days left, its authority 4 years.' },
    ],
  },
  {
    who: 'dee',
    from: 48,
    answers: [
      { item: 'PHI encryption at rest', witness: 'cem' },
      { item: 'Access controls', witness: 'ana' },
      { item: 'MFA enabled', witness: 'cem' },
    ],
  },
  {
    who: 'ana',
    from: 58,
    answers: plain(
      'Session timeout',
      'Password policies',
      'JWT token',
      'Session management',
      'Release notes',
      'API documentation',
      'Runbook updated',
      'Update status page',
    ).concat(
      { item: 'Engineering team', note: 'Posted in the channel; three thumbs up.' },
      { item: 'Customer support', note: 'Told Ines on the phone; she passes it on.' },
      { item: 'Sales/Account', note: 'Told Paul in the weekly call.' },
    ),
  },
  {
    who: 'bo',
    from: 66,
    answers: [
      {
        item: 'Code has been reviewed',
        witness: 'ana',
        note: 'Read every commit since the last release; two questions, both answered in the pull request.',
      },
    ],
  },
]

/** After the deployment, in minutes after the deployment was marked as done. */
export const VERIFY: readonly Round[] = [
  {
    who: 'cem',
    from: 2,
    answers: [
      { item: 'Error rates', note: '0.03 % of 41,000 requests, from the dashboard.' },
      { item: 'Response times', note: 'p95 at 290 ms, from the dashboard.' },
      ...plain(
        'CPU utilization',
        'No memory leaks',
        'Application logs',
        'No unexpected errors',
        'Audit logs being',
        'Alerting thresholds',
      ),
      { item: 'On-call team', note: 'Called the rota: Jan is on duty and knows.' },
      { item: 'Escalation path', note: 'Rang the second line: Petra picked up.' },
    ],
  },
  {
    who: 'ana',
    from: 4,
    answers: [
      { item: 'Authentication working' },
      {
        item: 'Core features functional',
        note: 'Submitted a claim and had it scored, as a patient and as a clinic.',
      },
    ],
  },
]

export const DEPLOY_STEPS: readonly string[] = [
  'Run migrations with timeout',
  'Deploy with rolling update',
  'Verify pods are healthy',
]

/** After a rollback was decided: the commands first, then what is owed to others. */
export const ROLLBACK: readonly Round[] = [
  {
    who: 'cem',
    from: 2,
    answers: [
      ...plain('Revert to previous', 'Verify rollback'),
      {
        item: 'If database migration',
        notApplicable: 'The migration of v2.9.0 only adds a column that v2.8.0 does not read; it stays.',
      },
      { item: 'Verify application is', note: 'p95 back at 310 ms for a quarter of an hour.' },
    ],
  },
  {
    who: 'ana',
    from: 21,
    answers: [
      { item: 'Notify stakeholders', note: 'Told in the incident call.' },
      {
        item: 'Create incident report',
        note: 'INC-311: claims list slow after v2.9.0, cause found, no data lost.',
      },
    ],
  },
  { who: 'bo', from: 34, answers: plain('Schedule post-mortem') },
]
