import { ANSWER } from '../observations.ts'
import type { JudgeCases } from './case.ts'

const answer = (status: number) => ({ status, httpVersion: '1.1', headers: [], headerNames: [] })
const step = (more: object = {}) => ({
  ...{
    request: { method: 'GET', url: 'http://a.example/', headers: [] },
    sentBody: null,
    response: answer(200),
  },
  ...{ body: null, tls: null, ms: '5', cookies: [], captures: [] },
  ...more,
})
const token = (jwt: object | null, found: boolean | null = true) => ({
  captures: [{ name: 't', from: 'json', at: 'token', found, why: found === true ? null : 'is missing', jwt }],
})
/** The look is of 1770091506, 2026-02-03T04:05:06Z: the token was made then and lives for an hour. */
const JWT = { alg: 'ES256', iat: '1770091506', exp: '1770095106' }
const TAKEN = 'step /login, capture t json token'

export const stepsCases: JudgeCases = {
  head: 'steps http://a.example',
  refused: 'fail',
  seen: { steps: [step(token(JWT)), step()] },
  rows: [
    [
      'step /, expect json a == 1',
      { steps: [step({ body: { ...ANSWER.body, picks: [{ path: 'a', type: 'number', value: '1' }] } })] },
      'true: step 1 of 1, “GET /”: status 200 (200 to 299)',
      'true: step 1 of 1, “GET /”: a=1 (1)',
    ],
    ['step /, expect status == 200', {}, 'true: step 1 of 1, “GET /”: status 200 (200)'],
    [
      'step "sign in" /, expect status == 200, step POST /b, expect status == 201, warn status == 200',
      {},
      'true: step 1 of 2, “sign in”: status 200 (200)',
      'false: step 2 of 2, “POST /b”: status 200 (201)',
      'warn true: step 2 of 2, “POST /b”: status 200 (200)',
    ],
    [
      'step /, expect time < 6ms, step /b, expect time < 5ms',
      {},
      'true: step 1 of 2, “GET /”: status 200 (200 to 299)',
      'true: step 1 of 2, “GET /”: 5 ms (< 6 ms)',
      'true: step 2 of 2, “GET /b”: status 200 (200 to 299)',
      'false: step 2 of 2, “GET /b”: 5 ms (< 5 ms)',
    ],
    [
      'step /, expect time < 6ms, warn status == 200',
      {},
      'true: step 1 of 1, “GET /”: status 200 (200 to 299)',
      'true: step 1 of 1, “GET /”: 5 ms (< 6 ms)',
      'warn true: step 1 of 1, “GET /”: status 200 (200)',
    ],
    [
      'step /, expect status in (200), step /b, expect time < 6ms',
      { steps: [step({ response: answer(500) })] },
      'false: step 1 of 2, “GET /”: status 500 (one of 200)',
      'unknown: step 2 of 2, “GET /b”: not reached (a response)',
      'unknown: step 2 of 2, “GET /b”: not reached (a response)',
    ],
    [
      'step /, expect time < 6ms, step /b, expect time < 6ms',
      { steps: [step({ response: answer(500) })] },
      'false: step 1 of 2, “GET /”: status 500 (200 to 299)',
      'true: step 1 of 2, “GET /”: 5 ms (< 6 ms)',
      'unknown: step 2 of 2, “GET /b”: not reached (a response)',
      'unknown: step 2 of 2, “GET /b”: not reached (a response)',
    ],
    [
      'step /, expect status == 200',
      { steps: [] },
      'unknown: step 1 of 1, “GET /”: not reached (a response)',
    ],
    [
      'step /, expect status == 200',
      { steps: [step({ response: null, ms: null })] },
      'unknown: step 1 of 1, “GET /”: no response (a response)',
    ],
    [
      `${TAKEN}, expect jwt t exp-iat <= 1h`,
      {},
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'true: step 1 of 1, “GET /login”: exp-iat 1h (≤ 1h)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect jwt t exp-iat < 60m`,
      {},
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'false: step 1 of 1, “GET /login”: exp-iat 60m (< 60m)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect jwt t exp-iat == 3600s`,
      { at: '2026-02-03T04:06:06.000Z' },
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'true: step 1 of 1, “GET /login”: exp-iat 3600s (3600s)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect jwt t expires-in == 59m`,
      { at: '2026-02-03T04:06:06.000Z' },
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'true: step 1 of 1, “GET /login”: expires-in 59m (59m)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect jwt t expires-in > 59m`,
      { at: '2026-02-03T04:06:06.000Z' },
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'false: step 1 of 1, “GET /login”: expires-in 59m (> 59m)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect jwt t alg == ES256, jwt t alg != ES256`,
      {},
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'true: step 1 of 1, “GET /login”: alg ES256 (ES256)',
      'false: step 1 of 1, “GET /login”: alg ES256 (≠ ES256)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect jwt t alg == none, jwt t alg != none`,
      {},
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'false: step 1 of 1, “GET /login”: alg ES256 (none)',
      'true: step 1 of 1, “GET /login”: alg ES256 (≠ none)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect jwt t alg == none, jwt t alg != none`,
      { steps: [step(token({ ...JWT, alg: null }))] },
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'unknown: step 1 of 1, “GET /login”: alg not said (none)',
      'unknown: step 1 of 1, “GET /login”: alg not said (≠ none)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect jwt t exp-iat <= 1h, jwt t expires-in > 0s`,
      { steps: [step(token({ ...JWT, exp: null }))] },
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'unknown: step 1 of 1, “GET /login”: t has no exp (≤ 1h)',
      'unknown: step 1 of 1, “GET /login”: t has no exp (> 0s)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect jwt t exp-iat <= 1h, jwt t expires-in > 0s`,
      { steps: [step(token({ ...JWT, iat: null }))] },
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'unknown: step 1 of 1, “GET /login”: t has no iat (≤ 1h)',
      'true: step 1 of 1, “GET /login”: expires-in 3600s (> 0s)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect jwt t exp-iat <= 1h, jwt t alg == ES256`,
      { steps: [step(token(null))] },
      'true: step 1 of 1, “GET /login”: status 200 (200 to 299)',
      'unknown: step 1 of 1, “GET /login”: t is not a JSON Web Token (≤ 1h)',
      'unknown: step 1 of 1, “GET /login”: t is not a JSON Web Token (ES256)',
      'true: step 1 of 1, “GET /login”: t captured (a value in json token)',
    ],
    [
      `${TAKEN}, expect status == 200`,
      { steps: [step(token(null, false))] },
      'true: step 1 of 1, “GET /login”: status 200 (200)',
      'false: step 1 of 1, “GET /login”: no t: is missing (a value in json token)',
    ],
    [
      `${TAKEN}, expect status == 200`,
      { steps: [step(token(null, null))] },
      'true: step 1 of 1, “GET /login”: status 200 (200)',
      'unknown: step 1 of 1, “GET /login”: no t: is missing (a value in json token)',
    ],
    [
      `${TAKEN}, expect status == 200`,
      { steps: [step()] },
      'true: step 1 of 1, “GET /login”: status 200 (200)',
      'unknown: step 1 of 1, “GET /login”: no t: not looked for (a value in json token)',
    ],
    [
      `${TAKEN}, expect status == 200, step /b, expect jwt t exp-iat <= 1h`,
      {},
      'true: step 1 of 2, “GET /login”: status 200 (200)',
      'true: step 1 of 2, “GET /login”: t captured (a value in json token)',
      'true: step 2 of 2, “GET /b”: status 200 (200 to 299)',
      'true: step 2 of 2, “GET /b”: exp-iat 1h (≤ 1h)',
    ],
    [
      `${TAKEN}, expect status == 200, step /b, expect jwt t exp-iat <= 1h`,
      { steps: [step(), step(token(JWT))] },
      'true: step 1 of 2, “GET /login”: status 200 (200)',
      'unknown: step 1 of 2, “GET /login”: no t: not looked for (a value in json token)',
      'true: step 2 of 2, “GET /b”: status 200 (200 to 299)',
      'true: step 2 of 2, “GET /b”: exp-iat 1h (≤ 1h)',
    ],
  ],
}
