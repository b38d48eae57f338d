import { canonicalDecimal, multiplyDecimals } from './decimals.ts'

/** Suffixes of a Kubernetes quantity (apimachinery, api/resource: DecimalSI and BinarySI), as exact factors. */
const FACTORS: Readonly<Record<string, string>> = {
  n: '0.000000001',
  u: '0.000001',
  m: '0.001',
  '': '1',
  k: '1000',
  M: '1000000',
  G: '1000000000',
  T: '1000000000000',
  P: '1000000000000000',
  E: '1000000000000000000',
  Ki: '1024',
  Mi: '1048576',
  Gi: '1073741824',
  Ti: '1099511627776',
  Pi: '1125899906842624',
  Ei: '1152921504606846976',
}

/** `250m`, `1.5Gi`, `1e3` as an exact canonical decimal (cores, bytes); null for anything else. */
export function kubernetesQuantity(text: string): string | null {
  const match = /^\+?(\d{0,18}\.?\d{0,18})([eE][+-]?\d{1,2}|[a-zA-Z]{0,2})$/.exec(text)
  const [, number = '', suffix = ''] = match ?? []
  if (!/\d/.test(number)) return null
  const whole = number.replace(/^\./, '0.').replace(/\.$/, '')
  if (/^[eE][+-]?\d/.test(suffix)) return canonicalDecimal(whole + suffix)
  const factor = Object.hasOwn(FACTORS, suffix) ? FACTORS[suffix] : undefined
  return factor === undefined ? null : multiplyDecimals(whole, factor)
}
