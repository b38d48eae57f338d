import { describe, expect, it } from 'vitest'
import { heldCookies } from '#lib/probes/held-cookies.ts'

const NOW = new Date('2026-11-26T12:00:00Z')

function held(lines: string[], address = 'https://www.example.com/app'): string[] {
  const stop = { url: new URL(address), headers: lines.map((value) => ({ name: 'set-cookie', value })) }
  return heldCookies([stop], NOW).map(
    ({ cookie: { name, secure }, fault }) =>
      `${name}${secure ? ' secure' : ''}${fault === null ? '' : ' refused'}`,
  )
}

describe('the cookies that are held', () => {
  it('are one where the second line only spells out the usual path', () => {
    expect(held(['sid=1', 'sid=2; Path=/; Secure'])).toEqual(['sid secure'])
    expect(held(['sid=1', 'sid=; Path=/; Max-Age=0'])).toEqual([])
    expect(held(['sid=1; Path=/app', 'sid=2; Secure'], 'https://www.example.com/app/page')).toEqual([
      'sid secure',
    ])
  })

  it('are two where the paths differ', () => {
    expect(held(['sid=1', 'sid=2; Path=/other; Secure'])).toEqual(['sid', 'sid secure'])
  })

  it('keep one that was fine when another of its name is refused, and tell of both', () => {
    expect(held(['__Secure-id=1; Secure', '__Secure-id=2'])).toEqual([
      '__Secure-id secure',
      '__Secure-id refused',
    ])
  })
})
