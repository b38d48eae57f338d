import type { JudgeCases, JudgeRow } from './case.ts'

const APP = 'https://app.example'
const EVIL = 'https://cors-probe.invalid'
const silent = { status: 204, origin: null, methods: null, headers: null, credentials: null, maxAge: null }
const others = (one: object = {}, two: object = {}) => ({
  others: [
    { from: EVIL, ...silent, ...one },
    { from: 'null', ...silent, ...two },
  ],
})
const CLOSED = 'true: no credentials for all (no credentials for all)'

export const corsCases: JudgeCases = {
  head: `cors http://a.example/ origin ${APP}`,
  refused: 'fail',
  seen: {
    ...{ request: null, tls: null },
    own: {
      ...{ from: APP, status: 204, origin: APP, methods: 'PUT, PATCH', headers: 'X-A, Authorization' },
      ...{ credentials: 'true', maxAge: '600' },
    },
    ...others(),
  },
  rows: [
    [
      'expect allows, refuses-others, credentials, method PUT, asks x-a, asks authorization',
      {},
      CLOSED,
      `true: allows ${APP} (allows)`,
      'true: others refused (refuses-others)',
      `true: credentials for ${APP} (credentials)`,
    ],
    ['expect allows, method DELETE', {}, CLOSED, 'false: access-control-allow-methods: PUT, PATCH (allows)'],
    [
      'expect allows, method PUT',
      { own: { methods: null } },
      CLOSED,
      'false: access-control-allow-methods: absent (allows)',
    ],
    ['expect allows, method POST', { own: { methods: null } }, CLOSED, `true: allows ${APP} (allows)`],
    ['expect allows, method HEAD', { own: { methods: null } }, CLOSED, `true: allows ${APP} (allows)`],
    ['expect allows', { own: { methods: null } }, CLOSED, `true: allows ${APP} (allows)`],
    ['expect allows, method PUT', { own: { methods: '*' } }, CLOSED, `true: allows ${APP} (allows)`],
    [
      'expect allows, credentials, method PUT',
      { own: { methods: '*' } },
      CLOSED,
      'false: access-control-allow-methods: * (allows)',
      'false: access-control-allow-methods: * (credentials)',
    ],
    [
      'expect allows, warn credentials, method PUT',
      { own: { methods: '*' } },
      CLOSED,
      `true: allows ${APP} (allows)`,
      'warn false: access-control-allow-methods: * (credentials)',
    ],
    ['expect allows, asks x-b', {}, CLOSED, 'false: x-b not in access-control-allow-headers (allows)'],
    ['expect allows, asks x-b', { own: { headers: '*' } }, CLOSED, `true: allows ${APP} (allows)`],
    [
      'expect allows, asks authorization',
      { own: { headers: '*' } },
      CLOSED,
      'false: authorization not in access-control-allow-headers (allows)',
    ],
    [
      'expect allows, asks x-b',
      { own: { headers: null } },
      CLOSED,
      'false: x-b not in access-control-allow-headers (allows)',
    ],
    ['expect allows', { own: { status: 199 } }, CLOSED, 'false: preflight: status 199 (allows)'],
    ['expect allows', { own: { status: 200 } }, CLOSED, `true: allows ${APP} (allows)`],
    ['expect allows', { own: { status: 299 } }, CLOSED, `true: allows ${APP} (allows)`],
    ['expect allows', { own: { status: 300 } }, CLOSED, 'false: preflight: status 300 (allows)'],
    [
      'expect allows',
      { own: { origin: null } },
      CLOSED,
      'false: access-control-allow-origin absent (allows)',
    ],
    [
      'expect allows',
      { own: { origin: `${APP}/` } },
      CLOSED,
      `false: access-control-allow-origin: ${APP}/ (allows)`,
    ],
    ['expect allows', { own: { origin: '*', credentials: null } }, CLOSED, 'true: allows * (allows)'],
    [
      'expect allows, credentials',
      { own: { origin: '*' } },
      'false: credentials for * (no credentials for all)',
      'false: access-control-allow-origin: *, which is not for credentials (allows)',
      'false: access-control-allow-origin: *, which is not for credentials (credentials)',
    ],
    [
      'expect credentials',
      { own: { credentials: 'True' } },
      CLOSED,
      `false: no credentials for ${APP} (credentials)`,
    ],
    ['expect refuses-others', others({ origin: EVIL }), CLOSED, `false: allows ${EVIL} (refuses-others)`],
    ['expect refuses-others', others({}, { origin: 'null' }), CLOSED, 'false: allows null (refuses-others)'],
    ['expect refuses-others', others({ origin: '*' }), CLOSED, 'false: allows * (refuses-others)'],
    [
      'expect refuses-others',
      others({ origin: APP, credentials: 'true' }),
      CLOSED,
      'true: others refused (refuses-others)',
    ],
    [
      'expect allows',
      others({ origin: EVIL, credentials: 'true' }),
      `false: credentials for ${EVIL} (no credentials for all)`,
      `true: allows ${APP} (allows)`,
    ],
    [
      'expect allows',
      others({ origin: '*', credentials: 'true' }),
      'false: credentials for * (no credentials for all)',
      `true: allows ${APP} (allows)`,
    ],
    [
      'expect refuses-others',
      { others: [{ from: EVIL, ...silent }] },
      'unknown: not asked for all (no credentials for all)',
      'unknown: others were not asked for (refuses-others)',
    ],
    [
      'expect allows, refuses-others, max-age >= 1m',
      { own: null },
      'unknown: not asked for all (no credentials for all)',
      'unknown: no answer (allows)',
      'unknown: no answer (refuses-others)',
      'unknown: no answer (≥ 1m)',
    ],
    // What is down refuses everybody.
    ...([199, 300, 301, 404, 500, 502] as const).map(
      (status): JudgeRow => [
        'expect refuses-others, max-age < 1h',
        { own: { status }, ...others({ status }, { status: 404 }) },
        CLOSED,
        [429, 502, 503, 504].includes(status)
          ? `unknown: preflight for ${EVIL}: status ${status} (refuses-others)`
          : `unknown: preflight: status ${status} (refuses-others)`,
        `unknown: preflight: status ${status} (< 1h)`,
      ],
    ),
    ...([429, 502, 503, 504] as const).map(
      (status): JudgeRow => [
        'expect refuses-others',
        others({}, { status }),
        CLOSED,
        `unknown: preflight for null: status ${status} (refuses-others)`,
      ],
    ),
    ...([200, 299] as const).map(
      (status): JudgeRow => [
        'expect refuses-others',
        { own: { status }, ...others({ status: 403 }, { status: 500 }) },
        CLOSED,
        'true: others refused (refuses-others)',
      ],
    ),
    ...([200, 299] as const).map(
      (plain): JudgeRow => [
        'expect refuses-others',
        { own: { status: 405 }, ...others({ status: 405 }, { status: 405 }), plain },
        CLOSED,
        'true: others refused, as all preflights (refuses-others)',
      ],
    ),
    ...([199, 300, 503] as const).map(
      (plain): JudgeRow => [
        'expect refuses-others',
        { own: { status: 405 }, plain },
        CLOSED,
        `unknown: preflight: status 405, GET: status ${plain} (refuses-others)`,
      ],
    ),
    [
      'expect refuses-others',
      { own: null, plain: 200 },
      'unknown: not asked for all (no credentials for all)',
      'true: others refused, as all preflights (refuses-others)',
    ],
    [
      'expect refuses-others',
      { own: { status: 503 }, ...others({ status: 503, origin: '*' }), plain: 503 },
      CLOSED,
      'false: allows * (refuses-others)',
    ],
    [
      'expect max-age >= 10m, max-age > 10m, max-age <= 10m, max-age < 10m, max-age == 600s, max-age != 600s',
      {},
      CLOSED,
      'true: access-control-max-age: 600 (≥ 10m)',
      'false: access-control-max-age: 600 (> 10m)',
      'true: access-control-max-age: 600 (≤ 10m)',
      'false: access-control-max-age: 600 (< 10m)',
      'true: access-control-max-age: 600 (600s)',
      'false: access-control-max-age: 600 (≠ 600s)',
    ],
    ['expect max-age < 1h', { own: { maxAge: '-1' } }, CLOSED, 'unknown: access-control-max-age: -1 (< 1h)'],
    ['expect max-age < 1h', { own: { maxAge: '1x' } }, CLOSED, 'unknown: access-control-max-age: 1x (< 1h)'],
    [
      'expect max-age < 1h',
      { own: { maxAge: null } },
      CLOSED,
      'unknown: access-control-max-age absent (< 1h)',
    ],
  ],
}
