import { z } from 'zod'
import { baseFields, hasExpectation, hostSchema, NO_EXPECTATION, usualBase } from '../base-probe.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printHost, printLimit, printSentHeaders, readLimit, readSentHeader } from '../options.ts'
import { printConditions } from '../print-condition.ts'
import { inQuotes, printMs } from '../print-text.ts'
import { readHost, readUrl } from '../read-address.ts'
import { STEP_LIMITS, type Step, stepConditionSchema, stepSchema } from '../step.ts'
import {
  printBody,
  printCapture,
  printStepCondition,
  readCapture,
  readField,
  readPayload,
  readStep,
  readStepCondition,
  readWait,
  readWithout,
  STEP_SUBJECTS,
} from '../step-grammar.ts'
import { capturedIn, isUrlTemplate } from '../texts.ts'

export const stepsProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('steps'),
    /** Before the paths of steps. */
    url: z.string().refine(isUrlTemplate),
    /** Of the steps at that address. */
    host: hostSchema.optional(),
    steps: z.array(stepSchema).min(1, 'a probe of steps has at least one step').max(STEP_LIMITS.steps),
    conditions: z.array(stepConditionSchema).min(1).max(STEP_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
  .refine(
    ({ steps, conditions }) => conditions.every(({ step }) => step <= steps.length),
    'a condition is of a step',
  )
  .refine(
    ({ conditions }) => conditions.every(({ step }, index) => step >= (conditions[index - 1]?.step ?? 1)),
    'conditions stand in the order of their steps',
  )
  .refine(
    ({ steps, conditions }) =>
      conditions.every(
        (one) => steps[one.step - 1]?.method !== 'HEAD' || (one.on !== 'body' && one.on !== 'json'),
      ),
    'a HEAD request has no body to look at',
  )
  .refine(({ steps }) => areCapturedBefore(steps), 'a step uses a value that no earlier step captures')
  .refine(
    ({ steps, conditions }) =>
      conditions.every(
        (one) =>
          (one.on !== 'jwt' && one.on !== 'jwt_alg') ||
          steps.slice(0, one.step).some(({ captures }) => captures.some(({ name }) => name === one.name)),
      ),
    'a token is captured before it is looked at',
  )
  .refine(
    ({ steps, timeoutMs }) => steps.reduce((sum, { waitMs }) => sum + waitMs, 0) < timeoutMs,
    'the waits of the steps last as long as the whole probe may; give it a longer timeout, at most 30s',
  )
export type StepsProbe = z.infer<typeof stepsProbeSchema>

/** Every text of a step that is filled in before it is sent. */
export function textsOf({ url, headers, body }: Step): string[] {
  const bodies = body === null ? [] : body.as === 'text' ? [body.text] : body.fields.map(({ value }) => value)
  return [url, ...headers.map(({ value }) => value), ...bodies]
}

function areCapturedBefore(steps: readonly Step[]): boolean {
  const known = new Set<string>()
  return steps.every((step) => {
    const isKnown = textsOf(step)
      .flatMap(capturedIn)
      .every((name) => known.has(name))
    for (const { name } of step.captures) known.add(name)
    return isKnown
  })
}

export const stepsGrammar: ProbeGrammar<StepsProbe> = {
  schema: stepsProbeSchema,
  subjects: STEP_SUBJECTS,
  options: ['host', 'step', 'send', 'field', 'payload', 'without', 'wait', 'capture', 'limit'],
  repeatable: ['step', 'send', 'field', 'payload', 'without', 'wait', 'capture', 'limit'],
  example: 'status == 200',
  mostConditions: STEP_LIMITS.conditions,
  head: (scanner) => ({ ...usualBase(), kind: 'steps', url: readUrl(scanner), steps: [], conditions: [] }),
  condition: (scanner, level, { steps }) => {
    if (steps.length === 0)
      scanner.fail({ message: 'a condition stands behind its step', expected: ['step GET /…'] })
    return { ...readStepCondition(scanner, level), step: steps.length }
  },
  option(scanner, word, draft) {
    if (word === 'step') return readStep(scanner, draft.steps)
    if (word === 'host') {
      draft.host = readHost(scanner)
      return
    }
    const step = draft.steps.at(-1)
    if (step === undefined)
      return scanner.fail({ message: `"${word}" stands behind its step`, expected: ['step GET /…'] })
    if (word === 'send') readSentHeader(scanner, step.headers)
    else if (word === 'field') readField(scanner, step)
    else if (word === 'payload') readPayload(scanner, step)
    else if (word === 'without') readWithout(scanner, step)
    else if (word === 'wait') readWait(scanner, step)
    else if (word === 'capture') readCapture(scanner, draft.steps)
    else step.maxBytes = readLimit(scanner)
  },
  printHead: ({ url }) => url,
  printCondition: printStepCondition,
  printOptions: () => [],
  printClauses: ({ host, steps, conditions }) => [
    ...printHost(host),
    ...steps.flatMap((step, index) => [
      printedStep(step),
      ...printSentHeaders(step.headers),
      ...printBody(step.body),
      ...(step.withoutCookies ? ['without cookies'] : []),
      ...(step.waitMs === 0 ? [] : [`wait ${printMs(step.waitMs)}`]),
      ...printLimit(step.maxBytes, PROBE_LIMITS.maxBytes.usual),
      ...step.captures.map(printCapture),
      ...printConditions(
        conditions.filter((one) => one.step === index + 1),
        { printCondition: printStepCondition },
      ),
    ]),
  ],
  sent: ({ url, host = '', steps }) => [url, host, ...steps.flatMap(textsOf)],
}

function printedStep({ name, method, url }: Step): string {
  const named = name === null ? '' : `${inQuotes(name)} `
  return `step ${named}${method === 'GET' ? '' : `${method} `}${url}`
}
