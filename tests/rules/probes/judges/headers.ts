import type { JudgeCases } from './case.ts'

const line = (name: string, value: string) => ({ name, value })
const HSTS = line('strict-transport-security', 'max-age=31536000')
const CSP = line('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
const NOSNIFF = line('x-content-type-options', 'nosniff')
const REFERRER = line('referrer-policy', 'no-referrer')
const ALL = [HSTS, CSP, NOSNIFF, REFERRER]

export const headersCases: JudgeCases = {
  head: 'headers https://a.example/',
  refused: 'fail',
  seen: {
    request: null,
    tls: null,
    response: { status: 200, httpVersion: '1.1', headers: [], headerNames: [] },
    page: {
      url: 'https://a.example/',
      headers: ALL,
      cut: null,
      isHtml: true,
      policies: [],
      referrer: null,
      scripts: [],
      cookies: [],
      hasBadSameSite: false,
    },
    sharing: { allowOrigin: null, allowCredentials: null, origin: 'https://other.example' },
    plain: {
      address: 'http://a.example/',
      end: 'answered',
      why: null,
      route: ['http://a.example/', 'https://a.example/'],
    },
  },
  rows: [
    [
      'expect grade >= A+',
      {},
      'true: status 200 (200 to 399, 401 or 403)',
      'true: grade A+, score 120 (≥ A+)',
    ],
    ['expect grade > A', {}, 'true: status 200 (200 to 399, 401 or 403)', 'true: grade A+, score 120 (> A)'],
    ['expect grade == A', {}, 'true: status 200 (200 to 399, 401 or 403)', 'false: grade A+, score 120 (A)'],
    [
      'expect grade < A+, warn score >= 120',
      {},
      'true: status 200 (200 to 399, 401 or 403)',
      'false: grade A+, score 120 (< A+)',
      'warn true: grade A+, score 120 (≥ 120)',
    ],
    [
      'expect score >= 121',
      {},
      'true: status 200 (200 to 399, 401 or 403)',
      'false: grade A+, score 120 (≥ 121)',
    ],
    [
      'expect grade >= B, score > 90',
      { page: { headers: [HSTS, CSP, NOSNIFF] } },
      'true: status 200 (200 to 399, 401 or 403)',
      'true: grade A+, score 115 (≥ B)',
      'true: grade A+, score 115 (> 90)',
    ],
    [
      'expect grade >= B',
      { page: { headers: [CSP, NOSNIFF] } },
      'true: status 200 (200 to 399, 401 or 403)',
      'true: grade B+, score 80 (hsts-not-implemented -20) (≥ B)',
    ],
    [
      'expect score >= 50',
      { page: { headers: [] } },
      'true: status 200 (200 to 399, 401 or 403)',
      'false: grade D, score 30 (csp-not-implemented -25, hsts-not-implemented -20, x-frame-options-not-implemented -20) (≥ 50)',
    ],
    [
      'expect grade <= F, strict-transport-security',
      { page: { headers: [NOSNIFF] } },
      'true: status 200 (200 to 399, 401 or 403)',
      'false: grade D, score 35 (csp-not-implemented -25, hsts-not-implemented -20, x-frame-options-not-implemented -20) (≤ F)',
      'false: hsts-not-implemented (strict-transport-security)',
    ],
    [
      'expect grade >= A',
      { page: { headers: [CSP, NOSNIFF] } },
      'true: status 200 (200 to 399, 401 or 403)',
      'false: grade B+, score 80 (hsts-not-implemented -20) (≥ A)',
    ],
    // Each test by itself.
    [
      'expect x-content-type-options, referrer-policy',
      {},
      'true: status 200 (200 to 399, 401 or 403)',
      'true: x-content-type-options-nosniff (x-content-type-options)',
      'true: referrer-policy-private (referrer-policy)',
    ],
    [
      'expect x-content-type-options',
      { page: { headers: [HSTS, CSP] } },
      'true: status 200 (200 to 399, 401 or 403)',
      'false: x-content-type-options-not-implemented (x-content-type-options)',
    ],
    [
      'expect redirection',
      {},
      'true: status 200 (200 to 399, 401 or 403)',
      'true: redirection-to-https (redirection)',
    ],
    [
      'expect redirection',
      { plain: { route: ['http://a.example/'] } },
      'true: status 200 (200 to 399, 401 or 403)',
      'false: redirection-missing (redirection)',
    ],
    [
      'expect redirection, score > 0',
      { plain: null },
      'true: status 200 (200 to 399, 401 or 403)',
      'unknown: redirection not known: not asked (redirection)',
      'unknown: no score: redirection not known (not asked) (> 0)',
    ],
    [
      'expect redirection',
      { plain: { end: 'unknown', why: 'no answer in time' } },
      'true: status 200 (200 to 399, 401 or 403)',
      'unknown: redirection not known: no answer in time (redirection)',
    ],
    [
      'expect grade >= B',
      { plain: { end: 'unknown', why: 'no answer in time' } },
      'true: status 200 (200 to 399, 401 or 403)',
      'unknown: no score: redirection not known (no answer in time) (≥ B)',
    ],
    [
      'expect grade >= B',
      { plain: null, sharing: null },
      'true: status 200 (200 to 399, 401 or 403)',
      'unknown: no score: redirection, cross-origin-resource-sharing not known (not asked) (≥ B)',
    ],
    // What is no page.
    [
      'expect x-content-type-options',
      { page: null },
      'true: status 200 (200 to 399, 401 or 403)',
      'unknown: no page (x-content-type-options)',
    ],
    [
      'expect grade >= B',
      { page: { cut: 'at 1 MB' } },
      'true: status 200 (200 to 399, 401 or 403)',
      'unknown: the page is cut (at 1 MB) (≥ B)',
    ],
    [
      'expect x-content-type-options',
      { response: null },
      'unknown: no response (200 to 399, 401 or 403)',
      'unknown: no page (x-content-type-options)',
    ],
    [
      'expect x-content-type-options',
      { response: { status: 199 } },
      'false: status 199 (200 to 399, 401 or 403)',
      'unknown: no page (x-content-type-options)',
    ],
    [
      'expect x-content-type-options',
      { response: { status: 200 } },
      'true: status 200 (200 to 399, 401 or 403)',
      'true: x-content-type-options-nosniff (x-content-type-options)',
    ],
    [
      'expect x-content-type-options',
      { response: { status: 399 } },
      'true: status 399 (200 to 399, 401 or 403)',
      'true: x-content-type-options-nosniff (x-content-type-options)',
    ],
    [
      'expect x-content-type-options',
      { response: { status: 400 } },
      'false: status 400 (200 to 399, 401 or 403)',
      'unknown: no page (x-content-type-options)',
    ],
    [
      'expect x-content-type-options',
      { response: { status: 401 } },
      'true: status 401 (200 to 399, 401 or 403)',
      'true: x-content-type-options-nosniff (x-content-type-options)',
    ],
    [
      'expect x-content-type-options',
      { response: { status: 402 } },
      'false: status 402 (200 to 399, 401 or 403)',
      'unknown: no page (x-content-type-options)',
    ],
    [
      'expect x-content-type-options',
      { response: { status: 403 } },
      'true: status 403 (200 to 399, 401 or 403)',
      'true: x-content-type-options-nosniff (x-content-type-options)',
    ],
    [
      'expect x-content-type-options',
      { response: { status: 404 } },
      'false: status 404 (200 to 399, 401 or 403)',
      'unknown: no page (x-content-type-options)',
    ],
    [
      'expect x-content-type-options',
      { response: { status: 500 } },
      'false: status 500 (200 to 399, 401 or 403)',
      'unknown: no page (x-content-type-options)',
    ],
  ],
}
