import { at, type KindOutcomes, page, scene, stranger, v } from './scene.ts'

const NOT_HTTP = 'what answers is not HTTP'
const TARGET = v('TARGET')
const strange = (probe: string) => async () => at(await stranger(), probe)

/** Kinds that look at pages of a site. */
export const http: KindOutcomes = {
  pass: scene('every condition holds', 'status 200', async () =>
    at(await page(200), `http ${TARGET}/ expect status == 200`),
  ),
  warn: scene('a `warn` does not hold', 'status 200 · wanted 204', async () =>
    at(await page(200), `http ${TARGET}/ expect status == 200, warn status == 204`),
  ),
  fail: scene('another status, header, text or value', 'status 503 · wanted 200', async () =>
    at(await page(503), `http ${TARGET}/ expect status == 200`),
  ),
  inconclusive: scene('what is compared is not in the answer', 'db: missing', async () =>
    at(await page(200, {}, '{}'), `http ${TARGET}/ expect json db == "ok"`),
  ),
  error: scene(NOT_HTTP, 'the answer is not HTTP', strange(`http ${TARGET}/ expect status == 200`)),
}

const STEPS = `steps ${TARGET} step "read" /, expect`
export const steps: KindOutcomes = {
  pass: scene('every step does as it is asked to', 'step 1 of 1, “read”', async () =>
    at(await page(200, {}, '{"a":1}'), `${STEPS} json a == 1`),
  ),
  warn: scene('a `warn` of some step does not hold', 'wanted 204', async () =>
    at(await page(200), `${STEPS} status == 200, warn status == 204`),
  ),
  fail: scene('some step answers otherwise', 'status 500 · wanted 200', async () =>
    at(await page(500), `${STEPS} status == 200`),
  ),
  inconclusive: scene('what is compared is not in an answer', 'a: missing', async () =>
    at(await page(200, {}, '{}'), `${STEPS} json a == 1`),
  ),
  error: scene(NOT_HTTP, 'the answer is not HTTP', strange(`${STEPS} status == 200`)),
}

const HEADERS = { 'content-type': 'text/html', 'x-content-type-options': 'nosniff' }
export const headers: KindOutcomes = {
  pass: scene('the tests and the grade are good enough', 'x-content-type-options-nosniff', async () =>
    at(await page(200, HEADERS, '<p>'), `headers ${TARGET}/ expect x-content-type-options`),
  ),
  warn: scene('a `warn` does not hold', 'wanted ≥ A', async () =>
    at(
      await page(200, HEADERS, '<p>'),
      `headers ${TARGET}/ expect x-content-type-options, warn grade >= A, plain none`,
    ),
  ),
  fail: scene('a header is missing or weak, or the page is an error', 'csp-not-implemented', async () =>
    at(await page(200, HEADERS, '<p>'), `headers ${TARGET}/ expect content-security-policy`),
  ),
  inconclusive: scene('a part of the score is not known', 'no score: redirection not known', async () =>
    at(await page(200, HEADERS, '<p>'), `headers ${TARGET}/ expect score >= 0, plain http://localhost:1/`),
  ),
  error: scene(NOT_HTTP, 'the answer is not HTTP', strange(`headers ${TARGET}/ expect cookies`)),
}

const good = 'a=1; Secure; HttpOnly; SameSite=Lax'
const COOKIES = `cookies ${TARGET}/ expect`
export const cookies: KindOutcomes = {
  pass: scene('the cookies are as asked', 'a secure', async () =>
    at(await page(200, { 'set-cookie': good }), `${COOKIES} all secure`),
  ),
  warn: scene('a `warn` does not hold', 'a not prefixed', async () =>
    at(await page(200, { 'set-cookie': good }), `${COOKIES} all secure, warn all prefixed`),
  ),
  fail: scene('one of them is not, or the page is an error', 'a not secure', async () =>
    at(await page(200, { 'set-cookie': 'a=1' }), `${COOKIES} all secure`),
  ),
  inconclusive: scene('none is set, so none can be judged', 'no cookie set', async () =>
    at(await page(200), `${COOKIES} all secure`),
  ),
  error: scene(NOT_HTTP, 'the answer is not HTTP', strange(`${COOKIES} all secure`)),
}

const ALLOWING = { 'access-control-allow-origin': 'https://app.example.com' }
const CORS = `cors ${TARGET}/ origin https://app.example.com expect`
export const cors: KindOutcomes = {
  pass: scene('the preflight allows what is asked', 'allows https://app.example.com', async () =>
    at(await page(204, ALLOWING), `${CORS} allows`),
  ),
  warn: scene('a `warn` does not hold', 'no credentials for', async () =>
    at(await page(204, ALLOWING), `${CORS} allows, warn credentials`),
  ),
  fail: scene('it does not, or allows strangers too much', 'access-control-allow-origin absent', async () =>
    at(await page(204), `${CORS} allows`),
  ),
  inconclusive: scene('what is compared is not said', 'access-control-max-age absent', async () =>
    at(await page(204, ALLOWING), `${CORS} max-age <= 1h`),
  ),
  error: scene(NOT_HTTP, 'the answer is not HTTP', strange(`${CORS} allows`)),
}

const CACHED = { 'cache-control': 'max-age=86400' }
const DELIVERY = `delivery ${TARGET}/app.js expect`
export const delivery: KindOutcomes = {
  pass: scene('it is compressed, cached and revalidated as asked', 'max-age=86400', async () =>
    at(await page(200, CACHED, 'x'), `${DELIVERY} max-age >= 1d`),
  ),
  warn: scene('a `warn` does not hold', 'not immutable', async () =>
    at(await page(200, CACHED, 'x'), `${DELIVERY} max-age >= 1d, warn immutable`),
  ),
  fail: scene('it is not, or the answer is an error', 'cache-control: no-store', async () =>
    at(await page(200, { 'cache-control': 'no-store' }, 'x'), `${DELIVERY} cacheable`),
  ),
  inconclusive: scene('no cache says anything, or there is nothing to compare', 'no cache says', async () =>
    at(await page(200, CACHED, 'x'), `${DELIVERY} cdn-hit`),
  ),
  error: scene(NOT_HTTP, 'the answer is not HTTP', strange(`${DELIVERY} cacheable`)),
}

const AWAY = { location: 'https://localhost:1/' }
const REDIRECT = `redirect ${TARGET}/ expect`
export const redirect: KindOutcomes = {
  pass: scene('the first answer leads to https, as asked', '301 to https://localhost:1/', async () =>
    at(await page(301, AWAY), `${REDIRECT} https`),
  ),
  warn: scene('a `warn` does not hold', 'status 302', async () =>
    at(await page(302, AWAY), `${REDIRECT} https, warn permanent`),
  ),
  fail: scene('it leads elsewhere or nowhere, or nobody listens', 'status 200, no redirect', async () =>
    at(await page(200), `${REDIRECT} https`),
  ),
  inconclusive: scene(
    'only a limiter or a page of maintenance answers (429, 5xx)',
    'status 503, which says nothing of redirects',
    async () => at(await page(503, { 'retry-after': '60' }), `${REDIRECT} https`),
  ),
  error: scene(NOT_HTTP, 'the answer is not HTTP', strange(`${REDIRECT} https`)),
}

const METRICS = `metrics ${TARGET}/metrics expect`
export const metrics: KindOutcomes = {
  pass: scene('the page is valid and has what is asked', 'a: 1 sample', async () =>
    at(await page(200, {}, 'a 1\n'), `${METRICS} family a`),
  ),
  warn: scene('a `warn` does not hold', 'b: 0 samples', async () =>
    at(await page(200, {}, 'a 1\n'), `${METRICS} family a, warn family b`),
  ),
  fail: scene('it is not, or it has not', 'b: 0 samples', async () =>
    at(await page(200, {}, 'a 1\n'), `${METRICS} family b`),
  ),
  inconclusive: scene('no sample carries a time, or the page is cut', 'no sample carries a time', async () =>
    at(await page(200, {}, 'a 1\n'), `${METRICS} age < 1m`),
  ),
  error: scene(NOT_HTTP, 'the answer is not HTTP', strange(`${METRICS} parses`)),
}
