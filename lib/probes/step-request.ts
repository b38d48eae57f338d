import type { StepsProbe } from './kinds/steps.ts'
import { isSensitiveName, MASK, maskSecrets } from './redact.ts'
import { missingText, type PlannedRequest, plannedRequest } from './request.ts'
import type { Step } from './step.ts'
import { expandVariables } from './texts.ts'

type Known = {
  environment: { variables: Readonly<Record<string, string>>; name: string | null }
  /** What earlier steps captured. */
  captured: Readonly<Record<string, string>>
}

/** `shownBody`: the body with fields masked whose names sound secret. */
export type PlannedStep =
  | (PlannedRequest & { ok: true; shownBody: string | null })
  | { ok: false; message: string }

/** The request of one step, its body included; without its cookies, which depend on the address. */
export function plannedStep(
  { url, host }: Pick<StepsProbe, 'url' | 'host'>,
  step: Step,
  known: Known,
): PlannedStep {
  const isHere = step.url.startsWith('/')
  const address = isHere ? `${url.replace(/\/+$/, '')}${step.url}` : step.url
  const body = filledBody(step, known)
  if (!body.ok) return body
  const isTyped = step.headers.some(({ name }) => name === 'content-type')
  const type = { name: 'content-type', value: 'application/json' }
  const headers = step.body?.as === 'fields' && !isTyped ? [...step.headers, type] : step.headers
  const planned = plannedRequest({
    // A step that names its own address means that one.
    config: { ...{ url: address, method: step.method, headers }, ...(isHere ? { host } : {}) },
    ...known,
  })
  if (!planned.ok) return planned
  if (body.text === null) return { ...planned, shownBody: null }
  return { ...planned, hop: { ...planned.hop, body: body.text }, shownBody: body.shown(planned.secrets) }
}

function filledBody(
  { body, headers }: Step,
  { environment, captured }: Known,
):
  | { ok: true; text: string | null; shown(secrets: readonly string[]): string }
  | { ok: false; message: string } {
  if (body === null) return { ok: true, text: null, shown: () => '' }
  const fields = body.as === 'text' ? [{ name: '', value: body.text }] : body.fields
  const filled = fields.map(({ name, value }) => ({
    name,
    ...expandVariables(value, environment.variables, captured),
  }))
  const missing = [...new Set(filled.flatMap((one) => one.missing))]
  if (missing.length > 0)
    return { ok: false, message: missingText({ missing, where: environment.name ?? 'this environment' }) }
  if (body.as === 'text') {
    const text = filled[0]?.text ?? ''
    return { ok: true, text, shown: (secrets) => maskSecrets(text, secrets) }
  }
  const isForm = headers.some(
    ({ name, value }) => name === 'content-type' && /^application\/x-www-form-urlencoded\b/i.test(value),
  )
  const printed = (pairs: [string, string][]) =>
    isForm ? new URLSearchParams(pairs).toString() : JSON.stringify(Object.fromEntries(pairs))
  return {
    ok: true,
    text: printed(filled.map(({ name, text }) => [name, text])),
    shown: (secrets) =>
      printed(
        filled.map(({ name, text }) => [name, isSensitiveName(name) ? MASK : maskSecrets(text, secrets)]),
      ),
  }
}
