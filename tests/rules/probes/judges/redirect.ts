import type { JudgeCases, JudgeRow } from './case.ts'

const answer = (status: number) => ({
  response: { status, httpVersion: '1.1', headers: [], headerNames: [] },
})
const there = (...hsts: string[]) => ({ there: { status: 200, hsts } })

export const redirectCases: JudgeCases = {
  head: 'redirect http://a.example/',
  refused: 'fail',
  seen: {
    request: null,
    ...answer(301),
    leads: { to: 'https://a.example/', https: true, sameHost: true, samePath: true },
    ...there('max-age=31536000; includeSubDomains; preload'),
    tls: null,
  },
  rows: [
    [
      'expect https, same-host, same-path, permanent',
      {},
      'true: 301 to https://a.example/ (https)',
      'true: 301 to https://a.example/ (same-host)',
      'true: 301 to https://a.example/ (same-path)',
      'true: status 301 (permanent)',
    ],
    [
      'expect hsts, max-age >= 365d, include-subdomains, preload',
      {},
      'true: 301 to https://a.example/ (https)',
      'true: strict-transport-security: max-age=31536000; includeSubDomains; preload (hsts)',
      'true: strict-transport-security: max-age=31536000; includeSubDomains; preload (≥ 365d)',
      'true: strict-transport-security: max-age=31536000; includeSubDomains; preload (include-subdomains)',
      'true: strict-transport-security: max-age=31536000; includeSubDomains; preload (preload)',
    ],
    [
      'expect permanent, warn https',
      {},
      'true: 301 to https://a.example/ (https)',
      'true: status 301 (permanent)',
      'warn true: 301 to https://a.example/ (https)',
    ],
    [
      'expect permanent',
      answer(308),
      'true: 308 to https://a.example/ (https)',
      'true: status 308 (permanent)',
    ],
    [
      'expect permanent',
      answer(302),
      'true: 302 to https://a.example/ (https)',
      'false: status 302 (permanent)',
    ],
    [
      'expect https, same-host, same-path, permanent, hsts',
      { ...answer(200), leads: null, there: null },
      'false: status 200, no redirect (https)',
      'false: status 200, no redirect (same-host)',
      'false: status 200, no redirect (same-path)',
      'false: status 200, no redirect (permanent)',
      'false: no redirect to https (hsts)',
    ],
    [
      'expect permanent',
      { leads: null },
      'false: status 301, no redirect (https)',
      'false: status 301, no redirect (permanent)',
    ],
    [
      'expect same-host, same-path',
      { leads: { https: false, sameHost: false, samePath: false } },
      'false: 301 to https://a.example/ (https)',
      'false: 301 to https://a.example/ (same-host)',
      'false: 301 to https://a.example/ (same-path)',
    ],
    [
      'expect https, hsts, max-age > 0s',
      { leads: { https: false } },
      'false: 301 to https://a.example/ (https)',
      'false: no redirect to https (hsts)',
      'false: no redirect to https (> 0s)',
    ],
    [
      'expect https, hsts, max-age > 0s, permanent',
      { response: null, leads: null, there: null },
      'unknown: no response (https)',
      'unknown: no response (hsts)',
      'unknown: no response (> 0s)',
      'unknown: no response (permanent)',
    ],
    ...[429, 500, 503, 599].map((status): JudgeRow => {
      const observed = `unknown: status ${status}, which says nothing of redirects`
      return [
        'expect same-host, same-path, permanent, hsts, max-age < 1d',
        { ...answer(status), leads: null, there: null },
        `${observed} (https)`,
        ...['same-host', 'same-path', 'permanent', 'hsts', '< 1d'].map((wanted) => `${observed} (${wanted})`),
      ]
    }),
    ...[428, 430, 499].map(
      (status): JudgeRow => [
        'expect https',
        { ...answer(status), leads: null },
        `false: status ${status}, no redirect (https)`,
      ],
    ),
    [
      'expect permanent',
      answer(503),
      'true: 503 to https://a.example/ (https)',
      'false: status 503 (permanent)',
    ],
    [
      'expect hsts, max-age > 0s',
      { there: { status: 503, hsts: [] } },
      'true: 301 to https://a.example/ (https)',
      'unknown: status 503 without strict-transport-security (hsts)',
      'unknown: status 503 without strict-transport-security (> 0s)',
    ],
    [
      'expect hsts',
      { there: { status: 503 } },
      'true: 301 to https://a.example/ (https)',
      'true: strict-transport-security: max-age=31536000; includeSubDomains; preload (hsts)',
    ],
    [
      'expect hsts, max-age > 0s, preload',
      { there: null },
      'true: 301 to https://a.example/ (https)',
      'unknown: not asked where it leads (hsts)',
      'unknown: not asked where it leads (> 0s)',
      'unknown: not asked where it leads (preload)',
    ],
    [
      'expect hsts, max-age >= 0s, max-age == 0s, max-age < 1d, max-age <= 1d, max-age != 1d, preload',
      there(),
      'true: 301 to https://a.example/ (https)',
      'false: no strict-transport-security (hsts)',
      'false: no strict-transport-security (≥ 0s)',
      'false: no strict-transport-security (0s)',
      'unknown: no strict-transport-security (< 1d)',
      'unknown: no strict-transport-security (≤ 1d)',
      'unknown: no strict-transport-security (≠ 1d)',
      'false: no strict-transport-security (preload)',
    ],
    [
      'expect hsts, max-age >= 0s',
      there('nonsense'),
      'true: 301 to https://a.example/ (https)',
      'false: strict-transport-security: nonsense, which means nothing (hsts)',
      'false: strict-transport-security: nonsense, which means nothing (≥ 0s)',
    ],
    // RFC 6797, 6.1: each directive once.
    ...['max-age=1; max-age=2', 'max-age=x', 'preload'].map(
      (line): JudgeRow => [
        'expect hsts',
        there(line),
        'true: 301 to https://a.example/ (https)',
        `false: strict-transport-security: ${line}, which means nothing (hsts)`,
      ],
    ),
    [
      'expect hsts, max-age > 365d, include-subdomains, preload',
      there('max-age=31536000', 'max-age=1; preload'),
      'true: 301 to https://a.example/ (https)',
      'true: strict-transport-security: max-age=31536000 (hsts)',
      'false: strict-transport-security: max-age=31536000 (> 365d)',
      'false: strict-transport-security: max-age=31536000 (include-subdomains)',
      'false: strict-transport-security: max-age=31536000 (preload)',
    ],
    [
      'expect hsts, max-age == 0s',
      there('max-age=0'),
      'true: 301 to https://a.example/ (https)',
      'false: strict-transport-security: max-age=0 (hsts)',
      'true: strict-transport-security: max-age=0 (0s)',
    ],
  ],
}
