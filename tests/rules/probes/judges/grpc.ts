import type { JudgeCases } from './case.ts'

export const grpcCases: JudgeCases = {
  head: 'grpc grpcs://a.example:443 service "shop"',
  refused: 'fail',
  seen: {
    address: 'grpcs://a.example:443',
    service: 'shop',
    tls: null,
    answer: { http: 200, status: 0, said: '', serving: 'SERVING' },
  },
  rows: [
    ['expect serving', {}, 'true: SERVING (serving)'],
    ['expect serving, warn time < 12.5ms', {}, 'true: SERVING (serving)', 'warn false: 12.5 ms (< 12.5ms)'],
    ['expect time < 12.6ms, warn serving', {}, 'true: 12.5 ms (< 12.6ms)', 'warn true: SERVING (serving)'],
    ['expect time < 1s', { phases: { total: null } }, 'unknown: no time (< 1s)'],
    ['expect serving', { answer: null }, 'unknown: no answer (serving)'],
    ['expect serving', { answer: { serving: 'NOT_SERVING' } }, 'false: NOT_SERVING (serving)'],
    ['expect serving', { answer: { serving: 'UNKNOWN' } }, 'unknown: UNKNOWN (serving)'],
    ['expect serving', { answer: { serving: 'SERVICE_UNKNOWN' } }, 'unknown: SERVICE_UNKNOWN (serving)'],
    ['expect serving', { answer: { serving: null } }, 'unknown: not a health answer (serving)'],
    [
      'expect serving',
      { answer: { status: null, serving: null, http: 502 } },
      'unknown: no gRPC status, HTTP 502 (serving)',
    ],
    ['expect serving', { answer: { status: 1 } }, 'unknown: CANCELLED (serving)'],
    ['expect serving', { answer: { status: 4 } }, 'false: DEADLINE_EXCEEDED (serving)'],
    [
      'expect serving',
      { answer: { status: 5, said: 'unknown service' } },
      'false: NOT_FOUND: unknown service (serving)',
    ],
    ['expect serving', { answer: { status: 7 } }, 'unknown: PERMISSION_DENIED (serving)'],
    ['expect serving', { answer: { status: 8 } }, 'false: RESOURCE_EXHAUSTED (serving)'],
    ['expect serving', { answer: { status: 12 } }, 'unknown: UNIMPLEMENTED (serving)'],
    ['expect serving', { answer: { status: 13 } }, 'false: INTERNAL (serving)'],
    ['expect serving', { answer: { status: 14 } }, 'false: UNAVAILABLE (serving)'],
    ['expect serving', { answer: { status: 16 } }, 'unknown: UNAUTHENTICATED (serving)'],
    ['expect serving', { answer: { status: 99 } }, 'unknown: status 99 (serving)'],
  ],
}
