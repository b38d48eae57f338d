import { parsedJson, pick } from './body-facts.ts'
import { readJwt } from './jwt.ts'
import type { HeaderLine } from './observations/base.ts'
import type { StepSeen } from './observations/steps.ts'
import { readSetCookie } from './set-cookie.ts'
import type { Capture } from './step.ts'

export const LONGEST_CAPTURE = 8_192
export type Captured = { facts: StepSeen['captures'][number]; value: string | null }

type Answer = { headers: readonly HeaderLine[]; text: string | null }

/** Looks for a value in an answer; `text` is null for a body that was not read whole. The value never enters the facts. */
export function captured({ name, from, at }: Capture, answer: Answer): Captured {
  const { value, why, isKnown } = { json: ofJson, header: ofHeader, cookie: ofCookie }[from](at, answer)
  const isLong = value !== null && value.length > LONGEST_CAPTURE
  const kept = isLong ? null : value
  return {
    facts: {
      ...{ name, from, at },
      found: isLong || !isKnown ? null : kept !== null,
      why: isLong ? `it is longer than ${LONGEST_CAPTURE} characters` : why,
      jwt: kept === null ? null : readJwt(kept.replace(/^Bearer /i, '')),
    },
    value: kept,
  }
}

type Found = { value: string | null; why: string | null; isKnown: boolean }

/** A missing or null value says nothing, as for every condition on JSON. */
function ofJson(at: string, { text }: Answer): Found {
  if (text === null) return { value: null, why: 'the body was not read whole', isKnown: false }
  const { type, value } = pick({
    ...{ path: at, root: parsedJson(text, [at]), secrets: [], longest: LONGEST_CAPTURE },
  })
  if (type === 'not_json') return { value: null, why: 'the body is not JSON', isKnown: false }
  if (type === 'doubled') return { value: null, why: `${value} stands twice`, isKnown: false }
  const isPlain = type === 'text' || type === 'number'
  if (!isPlain || value === null || value === '')
    return { value: null, why: `${at} is ${type}`, isKnown: false }
  return { value, why: null, isKnown: true }
}

function ofHeader(at: string, { headers }: Answer): Found {
  const value = headers.find(({ name }) => name === at)?.value ?? ''
  return value === ''
    ? { value: null, why: `${at} absent`, isKnown: true }
    : { value, why: null, isKnown: true }
}

function ofCookie(at: string, { headers }: Answer): Found {
  const lines = headers.filter(({ name }) => name === 'set-cookie')
  const value =
    lines.map((line) => readSetCookie(line.value)).findLast((cookie) => cookie?.name === at)?.value ?? ''
  return value === ''
    ? { value: null, why: `cookie ${at} not set`, isKnown: true }
    : { value, why: null, isKnown: true }
}
