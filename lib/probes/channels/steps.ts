import { setTimeout as sleep } from 'node:timers/promises'
import { bodyFacts, decoded } from '#lib/probes/body-facts.ts'
import type { Condition } from '#lib/probes/condition.ts'
import { type CookieJar, cookieHeader, type Received, withReceived } from '#lib/probes/cookie-jar.ts'
import { stepConditions, stepTitle } from '#lib/probes/judges/steps.ts'
import type { StepsProbe } from '#lib/probes/kinds/steps.ts'
import type { StepSeen, StepsObservation } from '#lib/probes/observations/steps.ts'
import { excerptOf, longestFirst } from '#lib/probes/redact.ts'
import { type Hop, knownUrl } from '#lib/probes/redirect.ts'
import { askedHeaders, askedPatterns, recordedHeaders } from '#lib/probes/response-headers.ts'
import { spellings } from '#lib/probes/spellings.ts'
import type { Step, StepCondition } from '#lib/probes/step.ts'
import { type Captured, captured } from '#lib/probes/step-captures.ts'
import { plannedStep } from '#lib/probes/step-request.ts'
import type { HttpAnswer } from '#lib/server/egress/http.ts'
import { headerOf } from '#lib/server/egress/message.ts'
import type { Trace } from '#lib/server/egress/trace.ts'
import { ask, sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { observedTls } from './phases.ts'

type Taken = {
  hop: Hop
  shownBody: string | null
  answer: HttpAnswer | null
  trace: Trace | null
  ms: number | null
  received: Received[]
  captures: Captured[]
}
type Details = { taken: Taken[] }
type StepsAttempt = Attempt<StepsProbe, Details>

/** One step after the other with the cookies and values of those before; the first that is not true ends it. */
export const stepsChannel: Channel<StepsProbe, Details, StepsObservation> = {
  blank: () => ({ taken: [] }),
  async look(attempt) {
    const { config, details, guard, said } = attempt
    let jar: CookieJar = []
    const values: Record<string, string> = {}
    for (const [index, step] of config.steps.entries()) {
      attempt.during = stepTitle(config, index + 1)
      const { secrets, ...plan } = planned(attempt, { step, values, jar })
      attempt.secrets = longestFirst([...attempt.secrets, ...secrets])
      if (step.waitMs > 0) await sleep(step.waitMs, undefined, { signal: guard.signal })
      const taken: Taken = { ...plan, answer: null, trace: null, ms: null, received: [], captures: [] }
      details.taken.push(taken)
      // Where a step before went elsewhere.
      attempt.said = said
      await take(attempt, { step, taken })
      jar = keepCookies(attempt, { jar, taken })
      for (const { facts, value } of taken.captures) {
        if (value === null) continue
        values[facts.name] = value
        keepSecret(attempt, [value])
      }
      if (!isGood(attempt, index + 1)) break
    }
    attempt.during = ''
  },
  seen: (attempt) => ({ steps: attempt.details.taken.map((_taken, index) => seenStep(attempt, index)) }),
}

/** Values that the target gave: secrets from the moment that they are known. Very short ones would only destroy the evidence. */
function keepSecret(attempt: StepsAttempt, values: readonly string[]): void {
  const long = values.filter((value) => value.length >= 4)
  attempt.secrets = longestFirst([...attempt.secrets, ...long.flatMap(spellings)])
}

function planned(
  { config, environment }: StepsAttempt,
  { step, values, jar }: { step: Step; values: Readonly<Record<string, string>>; jar: CookieJar },
): { hop: Hop; secrets: string[]; shownBody: string | null } {
  const plan = plannedStep(config, step, { environment, captured: values })
  if (!plan.ok) throw new ProbeStopped('config', plan.message)
  const { hop, secrets, shownBody } = plan
  const ownCookie = hop.headers.some(({ name }) => name === 'cookie')
  const cookie = ownCookie || step.withoutCookies ? null : cookieHeader(jar, knownUrl(hop))
  if (cookie === null) return { hop, secrets, shownBody }
  const headers = [...hop.headers, { name: 'cookie', value: cookie }]
  return { hop: { ...hop, headers }, secrets, shownBody }
}

async function take(attempt: StepsAttempt, { step, taken }: { step: Step; taken: Taken }): Promise<void> {
  const start = performance.now()
  try {
    const isNamed = attempt.config.host === undefined || taken.hop.host !== undefined
    const answer = await ask(attempt, { hop: taken.hop, isNamed, maxBytes: step.maxBytes })
    const text = answer.body === null || answer.body.cut !== null ? null : textOf(answer)
    taken.answer = answer
    taken.captures = step.captures.map((one) => captured(one, { headers: answer.headers, text }))
  } finally {
    taken.trace = attempt.trace
    taken.ms = performance.now() - start
  }
}

function charsetOf(answer: HttpAnswer): string | null {
  return /;\s{0,8}charset="?([\w-]{1,40})/i.exec(headerOf(answer, 'content-type') ?? '')?.[1] ?? null
}

function textOf(answer: HttpAnswer): string {
  return decoded(answer.body?.bytes ?? new Uint8Array(), charsetOf(answer))
}

function keepCookies(attempt: StepsAttempt, { jar, taken }: { jar: CookieJar; taken: Taken }): CookieJar {
  const lines =
    taken.answer?.headers.flatMap(({ name, value }) => (name === 'set-cookie' ? [value] : [])) ?? []
  const kept = withReceived(jar, { url: knownUrl(taken.hop), lines, now: attempt.startedAt })
  taken.received = kept.received
  keepSecret(
    attempt,
    kept.jar.map(({ value }) => value),
  )
  return kept.jar
}

/** Judged as the stored observation will be, so that the step that ends it is the one that is shown. */
function isGood(attempt: StepsAttempt, number: number): boolean {
  const { config, details, startedAt } = attempt
  const phases = { resolve: null, connect: null, tls: null, wait: null, transfer: null, total: null }
  const observation: StepsObservation = {
    ...{
      v: 1,
      kind: 'steps',
      at: startedAt.toISOString(),
      configHash: '',
      connection: null,
      phases,
      error: null,
    },
    steps: details.taken.map((_taken, index) => seenStep(attempt, index)),
  }
  return stepConditions(config, { number, observation }).every(
    ({ level, result }) => level === 'warn' || result === 'true',
  )
}

const isOfHttp = (one: StepCondition): one is Condition & { step: number } =>
  one.on !== 'jwt' && one.on !== 'jwt_alg'

function seenStep({ config, details, secrets, startedAt }: StepsAttempt, index: number): StepSeen {
  const taken = details.taken[index]
  if (taken === undefined) throw new TypeError('no such step')
  const { hop, shownBody, answer, trace, ms, received, captures } = taken
  const conditions = config.conditions.filter(({ step }) => step === index + 1).filter(isOfHttp)
  return {
    request: sentRequest(hop, secrets),
    sentBody: shownBody === null ? null : excerptOf(shownBody, secrets),
    response: answer && {
      status: answer.status,
      httpVersion: answer.httpVersion,
      ...recordedHeaders({
        ...{ lines: answer.headers, secrets },
        ...{ asked: askedHeaders(conditions), patterns: askedPatterns(conditions) },
      }),
    },
    body:
      answer?.body == null
        ? null
        : bodyFacts({ read: answer.body, config: { conditions }, charset: charsetOf(answer), secrets }),
    tls: trace && observedTls(trace, startedAt),
    ms: ms === null ? null : (Math.round(ms * 10) / 10).toString(),
    cookies: received,
    captures: captures.map(({ facts }) => facts),
  }
}
