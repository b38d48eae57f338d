/**
 * Exact decimals as text: no binary float takes part in a verdict, so 0.05 < 0.1 is what it looks like and a counter
 * above 2^53 keeps its last digit. A canonical decimal has no leading zeros, no trailing fraction zeros and no "-0".
 */
const FORM = /^(-?)(\d{1,400})(?:\.(\d{1,400}))?(?:[eE]([+-]?\d{1,3}))?$/
/** Written out, a number that is read has at most so many digits on each side of its point: one that has more is not known. */
const MOST_DIGITS = 400
/** What was computed of canonical decimals may be longer. */
const CANONICAL = /^(-?)(\d+)(?:\.(\d+))?$/

type Scaled = { digits: bigint; scale: number }

function scaled(text: string, form: RegExp): Scaled | null {
  const match = form.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  const digits = BigInt(`${sign}${whole}${fraction}`)
  const scale = fraction.length - shift
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

function printed({ digits, scale }: Scaled): string {
  const negative = digits < 0n
  const padded = (negative ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = padded.slice(0, padded.length - scale)
  const fraction = scale === 0 ? '' : padded.slice(-scale).replace(/0+$/, '')
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

function required(text: string): Scaled {
  const value = scaled(text, CANONICAL)
  if (value === null) throw new TypeError(`not a decimal: ${text.slice(0, 40)}`)
  return value
}

/** The canonical decimal for a number's text (exponents allowed); null for NaN, infinities, what is too long and anything else. */
export function canonicalDecimal(text: string): string | null {
  const value = scaled(text, FORM)
  if (value === null) return null
  const [whole = '', fraction = ''] = printed(value).replace('-', '').split('.')
  return whole.length > MOST_DIGITS || fraction.length > MOST_DIGITS ? null : printed(value)
}

export function isCanonicalDecimal(text: string): boolean {
  return canonicalDecimal(text) === text
}

/** Negative, zero or positive like a sort. Throws a TypeError for a text that is not a canonical decimal, as all below do. */
export function compareDecimals(left: string, right: string): number {
  const a = required(left)
  const b = required(right)
  const scale = Math.max(a.scale, b.scale)
  const difference = a.digits * 10n ** BigInt(scale - a.scale) - b.digits * 10n ** BigInt(scale - b.scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The exact product. */
export function multiplyDecimals(left: string, right: string): string {
  const a = required(left)
  const b = required(right)
  return printed({ digits: a.digits * b.digits, scale: a.scale + b.scale })
}

/** The exact sum. */
export function addDecimals(left: string, right: string): string {
  const a = required(left)
  const b = required(right)
  const scale = Math.max(a.scale, b.scale)
  const digits = a.digits * 10n ** BigInt(scale - a.scale) + b.digits * 10n ** BigInt(scale - b.scale)
  return printed({ digits, scale })
}

/** The exact difference. */
export function subtractDecimals(left: string, right: string): string {
  return addDecimals(left, multiplyDecimals(right, '-1'))
}

/** `part` of `whole` as a ratio with eight fraction digits, rounded down; null when either is no count or the whole is nothing. */
export function share({ part, whole }: { part: string | null; whole: string | null }): string | null {
  if (part === null || whole === null || !/^\d{1,30}$/.test(part) || !/^\d{1,30}$/.test(whole)) return null
  if (BigInt(whole) === 0n) return null
  return printed({ digits: (BigInt(part) * 10n ** 8n) / BigInt(whole), scale: 8 })
}

/** `share` of two amounts that need not be whole, such as cores. */
export function shareOfAmounts({
  part,
  whole,
}: {
  part: string | null
  whole: string | null
}): string | null {
  if (part === null || whole === null) return null
  const [a, b] = [required(part), required(whole)]
  const scale = Math.max(a.scale, b.scale)
  const counted = ({ digits, scale: own }: Scaled) => (digits * 10n ** BigInt(scale - own)).toString()
  return share({ part: counted(a), whole: counted(b) })
}
