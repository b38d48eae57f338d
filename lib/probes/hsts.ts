import { canonicalDecimal } from './decimals.ts'

export type Hsts = { maxAge: string; includeSubDomains: boolean; preload: boolean }

/** Strict-Transport-Security (RFC 6797, 6.1); seconds as text. Null when browsers would ignore it: no max-age, or one twice. */
export function readHsts(line: string): Hsts | null {
  const directives = line.split(';').map((part) => {
    const [name = '', ...rest] = part.split('=')
    return [
      name.trim().toLowerCase(),
      rest
        .join('=')
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    ] as const
  })
  const ages = directives.filter(([name]) => name === 'max-age')
  const age = ages[0]?.[1] ?? ''
  if (ages.length !== 1 || !/^\d{1,15}$/.test(age)) return null
  const says = (wanted: string) => directives.some(([name]) => name === wanted)
  return {
    maxAge: canonicalDecimal(age) ?? '0',
    includeSubDomains: says('includesubdomains'),
    preload: says('preload'),
  }
}
