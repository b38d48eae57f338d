import { cacheDirectives, saysHit } from '../cache-headers.ts'
import { type Found, implied, judgeCheck, type ProbeJudge } from '../judged.ts'
import { CODINGS, type DeliveryCheck, type DeliveryProbe } from '../kinds/delivery.ts'
import { all, type Truth, truth } from '../kleene.ts'
import type { DeliveryObservation } from '../observations/delivery.ts'

type Coded = DeliveryObservation['codings'][number]

/** What is delivered must be a success: how an error page is compressed or cached proves nothing. */
export const deliveryJudge: ProbeJudge<DeliveryProbe, DeliveryObservation> = {
  asksTarget: true,
  conditions({ conditions }, observation) {
    const status = observation.response?.status ?? null
    const isSuccess = status !== null && status >= 200 && status <= 299
    return [
      implied({
        text: 'status 200 to 299',
        observed: status === null ? 'no response' : `status ${status}`,
        wanted: '200 to 299',
        value: status === null ? null : isSuccess,
      }),
      ...conditions.map((check) => judgeCheck(check, isSuccess ? foundOf(check, observation) : NOTHING)),
    ]
  },
}

const NOTHING: Found = { observed: 'nothing delivered', value: null }

function foundOf(check: DeliveryCheck, observation: DeliveryObservation): Found {
  switch (check.on) {
    case 'compressed':
      return check.word === 'any' ? anyCoding(observation) : oneCoding(check.word, observation)
    case 'vary':
      return varied(observation)
    case 'max-age':
    case 's-maxage':
      return directiveTime(check, observation)
    case 'cacheable':
      return cacheable(observation)
    case 'immutable': {
      const directives = cacheDirectives(headerOf(observation, 'cache-control'))
      const observed = directives.has('immutable') ? 'immutable' : 'not immutable'
      return { observed, value: directives.has('immutable') }
    }
    case 'revalidates':
      return revalidated(observation)
    case 'cdn-hit':
      return cdnHit(observation)
  }
}

function cdnHit({ caches }: DeliveryObservation): Found {
  const hit = caches.find((said) => saysHit(said) === true)
  if (hit !== undefined) return { observed: hit, value: true }
  const miss = caches.findLast((said) => saysHit(said) === false)
  if (miss !== undefined) return { observed: miss, value: false }
  // Some caches say nothing of themselves: their silence is no miss.
  const unclear = caches.findLast((said) => said !== '')
  return { observed: unclear ?? 'no cache says anything', value: null }
}

function headerOf({ response }: DeliveryObservation, name: string): string | null {
  const lines = response?.headers.filter((header) => header.name === name) ?? []
  return lines.length === 0 ? null : lines.map(({ value }) => value).join(', ')
}

function oneCoding(coding: Coded['coding'], { codings, plain }: DeliveryObservation): Found {
  const seen = codings.find((one) => one.coding === coding)
  if (seen === undefined || plain === null) return { observed: `${coding} not asked for`, value: null }
  if (!seen.decodes) return { observed: `does not decode as ${coding}`, value: false }
  if (seen.status < 200 || seen.status > 299)
    return { observed: `status ${seen.status} with ${coding}`, value: false }
  if (seen.bytes === 0) return { observed: `${coding} of nothing`, value: null }
  if (seen.encoding !== coding)
    return { observed: `${seen.encoding ?? 'plain'} when asked for ${coding}`, value: false }
  if (seen.cut !== null || plain.cut !== null)
    return { observed: `cut at the limit, ${coding} not compared`, value: null }
  return { observed: `${coding}: ${seen.wireBytes} of ${seen.bytes} B`, value: seen.wireBytes < seen.bytes }
}

function anyCoding(observation: DeliveryObservation): Found {
  const each = CODINGS.map((coding) => oneCoding(coding, observation))
  const good = each.find((found) => 'value' in found && found.value === true)
  if (good !== undefined) return good
  const unsure = each.find((found) => 'value' in found && found.value === null)
  return unsure ?? { observed: 'no coding', value: false }
}

function varied({ codings }: DeliveryObservation): Found {
  const compressed = codings.filter(({ encoding, coding }) => encoding === coding)
  if (compressed.length === 0) return { observed: 'nothing came compressed', value: null }
  const names = (vary: string | null) => (vary ?? '').split(',').map((name) => name.trim().toLowerCase())
  const truths: Truth[] = compressed.map(({ vary }) =>
    truth(names(vary).some((name) => name === 'accept-encoding' || name === '*')),
  )
  const without = compressed.find((_one, index) => truths[index] === 'false')
  const observed =
    without === undefined
      ? 'vary: accept-encoding'
      : `${without.coding} with vary: ${without.vary ?? 'nothing'}`
  return { observed, value: all(truths) === 'true' }
}

/** As of a header of `http`: a time that is not given is not long enough, and nothing that could be too long. */
function directiveTime(
  { on, op }: Extract<DeliveryCheck, { on: 'max-age' | 's-maxage' }>,
  observation: DeliveryObservation,
): Found {
  const written = cacheDirectives(headerOf(observation, 'cache-control')).get(on)
  if (written === undefined)
    return { observed: `no ${on}`, value: op === '!=' || op === '<' || op === '<=' ? null : false }
  if (!/^\d{1,15}$/.test(written)) return { observed: `${on}=${written}`, quantity: null }
  return { observed: `${on}=${written}`, quantity: { value: String(Number(written)), unit: 's' } }
}

function cacheable(observation: DeliveryObservation): Found {
  const header = headerOf(observation, 'cache-control')
  const directives = cacheDirectives(header)
  const forbids = ['no-store', 'private', 'no-cache'].find((name) => directives.has(name))
  if (forbids !== undefined) return { observed: `cache-control: ${forbids}`, value: false }
  const time = directives.get('s-maxage') ?? directives.get('max-age')
  if (time !== undefined) return { observed: `cache-control: ${header ?? ''}`, value: Number(time) > 0 }
  const expires = headerOf(observation, 'expires')
  if (expires === null) return { observed: 'no time to keep it is given', value: false }
  // A date that cannot be read is in the past (RFC 9111, 5.3), and not a number is not above 0.
  const left = Date.parse(expires) - Date.parse(observation.at)
  return { observed: `expires: ${expires}`, value: left > 0 }
}

function revalidated({ revalidation }: DeliveryObservation): Found {
  if (revalidation === null) return { observed: 'not asked again', value: null }
  if (revalidation.with === 'nothing') return { observed: 'neither etag nor last-modified', value: false }
  const { status } = revalidation
  return {
    observed: `status ${status ?? 'unknown'} with its ${revalidation.with}`,
    value: status === null ? null : status === 304,
  }
}
