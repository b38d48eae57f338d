import type { StepSeen, StepsObservation } from './observations/steps.ts'
import type { Shown, ShownBlock, ShownFact } from './shown-fact.ts'

export function ofSteps({ steps }: StepsObservation): Shown {
  return { facts: steps.flatMap(factsOf), blocks: steps.map((step, index) => blockOf(step, index + 1)) }
}

function factsOf({ request, response, ms, cookies, captures }: StepSeen, index: number): ShownFact[] {
  const answer = response ? `${response.status} in ${ms ?? '?'} ms` : 'no answer'
  return [
    { term: `Step ${index + 1}`, text: `${request.method} ${request.url}: ${answer}` },
    ...cookies.map(({ name, kept, why }) => ({
      term: 'Cookie',
      text: kept ? `${name}, kept` : `${name || 'without a name'}, not kept: ${why ?? ''}`,
    })),
    ...captures.map(({ name, found, why, jwt }) => ({
      term: 'Captured',
      text: found === true ? `${name}${jwt ? ', a JSON Web Token' : ''}` : `no ${name}: ${why ?? ''}`,
    })),
  ]
}

/** What went out and came back, as far as it is kept. */
function blockOf({ request, sentBody, response, body }: StepSeen, number: number): ShownBlock {
  const lines = [
    `${request.method} ${request.url}`,
    ...request.headers.map(({ name, value }) => `${name}: ${value}`),
    ...(sentBody === null ? [] : ['', sentBody]),
    ...(response === null
      ? []
      : ['', `${response.status}`, ...response.headers.map(({ name, value }) => `${name}: ${value}`)]),
    ...(body?.excerpt ? ['', body.excerpt] : []),
  ]
  return { summary: `Step ${number}, as sent and answered`, label: `Step ${number}`, code: lines.join('\n') }
}
