import { describe, expect, it } from 'vitest'
import {
  formatDuration,
  formatIso,
  formatLocal,
  formatRelative,
  formatUtc,
  formatUtcDay,
  formatUtcTime,
} from '#lib/shared/time.ts'

const AT = Date.UTC(2026, 10, 23, 15, 31, 4, 999)
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

describe('time in UTC', () => {
  it('has the form of the record', () => {
    expect(formatUtc(AT)).toBe('2026-11-23 15:31:04 UTC')
    expect(formatUtc(new Date(AT))).toBe('2026-11-23 15:31:04 UTC')
    expect(formatUtcDay(AT)).toBe('2026-11-23')
    expect(formatUtcTime(AT)).toBe('15:31 UTC')
    expect(formatIso(AT)).toBe('2026-11-23T15:31:04Z')
  })

  it('throws for an invalid date instead of printing one', () => {
    expect(() => formatUtc(new Date('nonsense'))).toThrow(RangeError)
  })
})

describe("time in the viewer's zone", () => {
  it('leaves out the day when it is today there', () => {
    expect(formatLocal({ at: AT, now: AT + HOUR, timeZone: 'UTC' })).toBe('15:31 UTC')
    expect(formatLocal({ at: AT, now: AT + HOUR, timeZone: 'Asia/Kolkata' })).toMatch(/^21:01 /)
  })

  it('says the day when it is another one there', () => {
    expect(formatLocal({ at: AT, now: AT + 12 * HOUR, timeZone: 'UTC' })).toBe('2026-11-23 15:31 UTC')
    expect(formatLocal({ at: AT, now: AT - 12 * HOUR, timeZone: 'Asia/Tokyo' })).toMatch(/^2026-11-24 00:31 /)
  })
})

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [999, '0 s'],
    [45 * SECOND, '45 s'],
    [2 * MINUTE + 5 * SECOND, '2 min 5 s'],
    [80 * MINUTE, '1 h 20 min'],
    [HOUR + 5 * SECOND, '1 h'],
    [24 * HOUR, '1 d'],
    [76 * HOUR + 59 * MINUTE, '3 d 4 h'],
  ])('%i ms is %s', (milliseconds, words) => {
    expect(formatDuration(milliseconds)).toBe(words)
  })
})

describe('relative time', () => {
  it.each([
    [0, 'just now'],
    [-4 * SECOND, 'just now'],
    [-14 * SECOND, '14 s ago'],
    [-38 * MINUTE, '38 min ago'],
    [22 * MINUTE, 'in 22 min'],
    [-30 * HOUR, '30 h ago'],
    [-72 * HOUR, '3 d ago'],
  ])('%i ms from now is %s', (distance, words) => {
    expect(formatRelative({ at: new Date(AT + distance), now: AT })).toBe(words)
  })
})
