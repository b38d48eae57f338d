import { type Found, holds, implied, judgeCheck, type ProbeJudge, wish } from '../judged.ts'
import type { HeadersCheck, HeadersProbe } from '../kinds/headers.ts'
import type { HeadersObservation } from '../observations/headers.ts'
import { type Graded, graded, type Tested } from '../observatory/grade.ts'
import { pageFactsOf } from '../observatory/observed-page.ts'
import { GRADES } from '../observatory/results.ts'

/** The Observatory grades 2xx, 3xx, 401 and 403: what an error page says of itself proves nothing. */
export const headersJudge: ProbeJudge<HeadersProbe, HeadersObservation> = {
  asksTarget: true,
  conditions({ conditions }, observation) {
    const status = observation.response?.status ?? null
    const isPage = status !== null && ((status >= 200 && status <= 399) || status === 401 || status === 403)
    const page = isPage ? pageFactsOf(observation) : null
    const result = page === null ? null : graded(page)
    const nothing: Found = {
      observed: observation.page?.cut ? `the page is cut (${observation.page.cut})` : 'no page',
      value: null,
    }
    return [
      implied({
        text: 'status 200 to 399, 401 or 403',
        observed: status === null ? 'no response' : `status ${status}`,
        wanted: '200 to 399, 401 or 403',
        value: status === null ? null : isPage,
      }),
      ...conditions.map((check) =>
        judgeCheck(
          check,
          result === null ? nothing : foundOf(check, { result, observation }),
          wantedOf(check),
        ),
      ),
    ]
  },
}

function wantedOf(check: HeadersCheck): string | undefined {
  return check.on === 'grade' ? wish(check.op, check.word) : undefined
}

function foundOf(
  check: HeadersCheck,
  { result, observation: { plain } }: { result: Graded; observation: HeadersObservation },
): Found {
  const { score, grade, tests, missing } = result
  if (check.on === 'grade' || check.on === 'score') {
    if (score === null || grade === null)
      return {
        observed: `no score: ${missing.join(', ')} not known (${plain?.why ?? 'not asked'})`,
        value: null,
      }
    const observed = `grade ${grade}, score ${score}${costs(tests)}`
    if (check.on === 'score') return { observed, quantity: { value: String(score), unit: null } }
    const rankOf = (wanted: string) => GRADES.findIndex(([one]) => one === wanted)
    return { observed, value: holds(check.op, rankOf(grade) - rankOf(check.word)) }
  }
  const tested = tests.find(({ test }) => test === check.on)
  if (tested === undefined)
    return { observed: `${check.on} not known: ${plain?.why ?? 'not asked'}`, value: null }
  return { observed: tested.result, value: tested.passes }
}

/** What costs most, so that the line says what to mend first. */
function costs(tests: readonly Tested[]): string {
  const worst = tests
    .filter(({ modifier }) => modifier < 0)
    .toSorted((left, right) => left.modifier - right.modifier)
  const named = worst.slice(0, 3).map(({ result, modifier }) => `${result} ${modifier}`)
  return named.length === 0 ? '' : ` (${named.join(', ')})`
}
