import { counted } from '#lib/shared/words.ts'
import { type Found, holds, implied, judgeCheck, type ProbeJudge, wish } from '../judged.ts'
import { KEY_TYPES, SIGNATURE_HASHES, type TlsCheck, type TlsProbe } from '../kinds/tls.ts'
import type { TlsObservation } from '../observations/tls.ts'

type Handshake = NonNullable<TlsObservation['handshake']>

/**
 * A probe that pins no fingerprint also expects the chain to be trusted and the name to match: the days that are left of
 * somebody else's certificate prove nothing.
 */
export const tlsJudge: ProbeJudge<TlsProbe, TlsObservation> = {
  asksTarget: true,
  conditions({ conditions }, observation) {
    const says = (on: TlsCheck['on']) =>
      conditions.some((check) => check.on === on && check.level === 'expect')
    const unsaid = says('fingerprint') ? [] : (['trusted', 'hostname'] as const).filter((on) => !says(on))
    return [
      ...unsaid.map((on) => {
        const found = foundOf({ level: 'expect', on }, observation)
        const value = 'value' in found ? found.value : null
        return implied({ text: on, observed: found.observed, wanted: on, value })
      }),
      ...conditions.map((check) => judgeCheck(check, foundOf(check, observation), wantedOf(check))),
    ]
  },
}

function wantedOf(check: TlsCheck): string | undefined {
  if (check.on === 'fingerprint') return plainHex(check.text).slice(0, 16)
  return check.on === 'signature' ? wish(check.op, check.word) : undefined
}

function foundOf(check: TlsCheck, { handshake, versions }: TlsObservation): Found {
  if (check.on === 'refuses' || check.on === 'offers') {
    const tried = versions.find(({ version }) => version === check.word)
    if (tried === undefined) return { observed: `TLS ${check.word} not tried`, value: null }
    const observed = `TLS ${check.word} ${tried.result === 'unknown' ? `not known: ${tried.why}` : tried.result}`
    const wanted = check.on === 'refuses' ? 'refused' : 'accepted'
    return { observed, value: tried.result === 'unknown' ? null : tried.result === wanted }
  }
  if (handshake === null) return { observed: 'no handshake', value: null }
  return ofHandshake(check, handshake)
}

function ofHandshake(check: Exclude<TlsCheck, { on: 'refuses' | 'offers' }>, handshake: Handshake): Found {
  const { certificate, chain, trusted, distrust, hostname, serverName, stapled, keyBits, version } = handshake
  switch (check.on) {
    case 'trusted':
      return {
        observed: trusted ? 'chain trusted' : `not trusted: ${distrust ?? 'no reason given'}`,
        value: trusted,
      }
    case 'hostname':
      return {
        observed: hostname
          ? `name matches ${serverName}`
          : `not for ${serverName}, but ${namesOf(certificate)}`,
        value: hostname,
      }
    case 'days-left':
      return days(certificate.daysLeft)
    case 'chain-days-left': {
      // Only of a chain that holds: days of certificates that nobody trusts are no days.
      if (!trusted || chain.length === 0) return { observed: 'no trusted chain', quantity: null }
      const least = Math.min(...chain.map(({ daysLeft }) => daysLeft))
      // A trusted chain has not ended: it is one that Node does not tell.
      if (least < 0) return { observed: 'trusted by a chain that is not seen', quantity: null }
      return days(least, ' in the chain')
    }
    case 'version': {
      const number = /^TLSv(1(?:\.[123])?)$/.exec(version)?.[1]
      return { observed: version, quantity: number === undefined ? null : { value: number, unit: null } }
    }
    case 'stapled': {
      const observed = stapled === true ? 'OCSP answer stapled' : 'no OCSP answer stapled'
      return { observed, value: stapled ?? null }
    }
    case 'key-bits':
      return {
        observed: keyBits === null ? 'key size not known' : counted({ count: keyBits, one: 'key bit' }),
        quantity: keyBits === null ? null : { value: String(keyBits), unit: null },
      }
    case 'key-type': {
      // A key that is for PSS alone is one of RSA.
      const type = handshake.keyType?.replace(/^rsa-pss$/, 'rsa') ?? null
      const isKnown = KEY_TYPES.some((known) => known === type)
      return { observed: `key type ${type ?? 'not known'}`, value: isKnown ? type === check.word : null }
    }
    case 'signature': {
      const hash = hashOf(handshake.signature ?? '')
      return {
        observed: `signature ${handshake.signature ?? 'not known'}`,
        value:
          hash === undefined
            ? null
            : holds(check.op, SIGNATURE_HASHES.indexOf(hash) - SIGNATURE_HASHES.indexOf(check.word)),
      }
    }
    case 'fingerprint': {
      const seen = plainHex(certificate.fingerprint256)
      return { observed: `fingerprint ${seen.slice(0, 16)}`, value: seen === plainHex(check.text) }
    }
  }
}

/** Ed25519 signs over SHA-512 (RFC 8032, 5.1); PSS does not say its hash by its name. */
function hashOf(signature: string): (typeof SIGNATURE_HASHES)[number] | undefined {
  const name = signature.toLowerCase()
  return name === 'ed25519' ? 'sha512' : SIGNATURE_HASHES.find((hash) => name.includes(hash))
}

function days(left: number, where = ''): Found {
  const observed =
    left < 0
      ? `expired ${counted({ count: -left, one: 'day' })} ago${where}`
      : `${counted({ count: left, one: 'day' })} left${where}`
  return { observed, quantity: { value: String(left), unit: null } }
}

function namesOf({ names, subject }: Handshake['certificate']): string {
  return names.length === 0 ? subject : names.slice(0, 3).join(', ')
}

function plainHex(text: string): string {
  return text.replace(/[^0-9a-f]/gi, '').toLowerCase()
}
