import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { PageFacts } from '#lib/probes/observatory/page-facts.ts'

const PACKAGE = path.resolve('tests/peers/observatory/node_modules/@mdn/mdn-http-observatory')
const isInstalled = existsSync(PACKAGE)

/** The title of a suite that needs the package, and how to get it. */
export const ORACLE = {
  isInstalled,
  titled: (title: string) =>
    isInstalled ? title : `${title} (not installed: cd tests/peers/observatory && npm ci --ignore-scripts)`,
}

/** One generated page: what goes over the wire, in lines. */
export type Sample = {
  secure: boolean
  host: string
  headers: [string, string][]
  setCookie: string[]
  html: string | null
  cors: { allowOrigin: string | null; allowCredentials: string | null } | null
  plain: PageFacts['plain']
}
export type Judged = {
  score: number
  grade: string
  tests: Record<string, { result: string; pass: boolean }>
}

type Output = { result: string; pass: boolean; scoreModifier: number; constructor: { name: string } }

/** Judges samples with the package's own analyzers and grader; nothing is asked over the network. */
export async function oracle(): Promise<(sample: Sample) => Judged> {
  // A package of its own carries no preload list, and downloading one is not our part: it is empty.
  mkdirSync(path.join(PACKAGE, 'conf'), { recursive: true })
  writeFileSync(path.join(PACKAGE, 'conf', 'hsts-preload.json'), '{}')
  const load = (file: string) => import(/* @vite-ignore */ path.join(PACKAGE, 'src', file))
  const { ALL_TESTS } = await load('constants.js')
  const { getGradeForScore, getScoreModifier } = await load('grader/grader.js')
  const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await load('grader/charts.js')
  const { Requests } = await load('types.js')
  const { Session } = await load('retriever/session.js')
  const { parseHttpEquivHeaders } = await load('retriever/utils.js')
  const tough = path.join(PACKAGE, '..', '..', 'tough-cookie', 'dist', 'cookie', 'index.js')
  const { CookieJar } = await import(/* @vite-ignore */ tough)

  return ({ secure, host, headers, setCookie, html, cors, plain }) => {
    const requests = new Requests(host)
    const url = new URL(`${secure ? 'https' : 'http'}://${host}/`)
    const type: [string, string] = ['content-type', html === null ? 'text/plain' : 'text/html; charset=utf-8']
    const response = {
      headers: asAxios([type, ...headers], setCookie),
      ...{ status: 200, verified: true, httpEquiv: new Map<string, string[]>() },
    }
    if (html !== null) response.httpEquiv = parseHttpEquivHeaders(html, url.href)
    requests.responses.auto = response
    requests.responses.https = secure ? response : null
    requests.responses.http = plain === 'none' ? null : { ...response, verified: plain?.isTrusted ?? false }
    requests.responses.httpRedirects =
      plain === null || plain === 'none' ? [] : plain.route.map((to) => ({ url: new URL(to), status: 301 }))
    requests.resources.path = html ?? 'text'
    requests.session = new Session(url)
    requests.session.jar = new CookieJar()
    for (const line of setCookie) requests.session.jar.setCookieSync(line, url.href, { ignoreError: true })
    const origin = 'https://http-observatory.security.mozilla.org'
    requests.responses.cors = cors && {
      headers: asAxios(
        [
          ...(cors.allowOrigin === null
            ? []
            : [['access-control-allow-origin', cors.allowOrigin] as [string, string]]),
          ...(cors.allowCredentials === null
            ? []
            : [['access-control-allow-credentials', cors.allowCredentials] as [string, string]]),
        ],
        [],
      ),
      request: { headers: { origin } },
      verified: true,
    }
    const outputs: Output[] = ALL_TESTS.map((test: (asked: unknown) => Output) => test(requests))
    const modifiers = outputs.map(({ result }) => Number(getScoreModifier(result)))
    const sum = (all: number[]) => all.reduce((total, one) => total + one, 100)
    const uncurved = sum(modifiers.map((one) => Math.min(one, 0)))
    const final = getGradeForScore(uncurved >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(modifiers) : uncurved)
    return {
      score: final.score,
      grade: final.grade,
      tests: Object.fromEntries(
        outputs.map((output) => [output.constructor.name, { result: output.result, pass: output.pass }]),
      ),
    }
  }
}

/** As Node and axios hand headers over: lines of one name joined, cookies and policies as a list. */
function asAxios(lines: [string, string][], setCookie: string[]) {
  const joined: Record<string, string | string[]> = {}
  for (const [name, value] of lines) {
    const known = joined[name]
    if (name === 'content-security-policy') joined[name] = [...(Array.isArray(known) ? known : []), value]
    else joined[name] = known === undefined ? value : `${known}, ${value}`
  }
  if (setCookie.length > 0) joined['set-cookie'] = setCookie
  Object.defineProperty(joined, 'get', { value: (name: string) => joined[name] })
  return joined
}
