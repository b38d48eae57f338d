import { describe, expect, it } from 'vitest'
import { countdown, isAnnounced, isLate, touchEverySeconds } from '#components/idle/idle-rules.ts'
import { readEnv } from '#lib/server/env.ts'

describe('the idle guard', () => {
  it('reports at most once a minute, and often enough when the time is short', () => {
    expect(touchEverySeconds(900)).toBe(60)
    expect(touchEverySeconds(8)).toBe(0.8)
  })

  it('warns when the rest is as long as the warning', () => {
    const late = (left: number) =>
      isLate({ now: 1_000_000, deadline: 1_000_000 + left * 1_000, warnSeconds: 120 })
    expect([121, 120, 0, -5].map(late)).toEqual([false, true, true, true])
  })

  it('counts down in minutes and seconds and speaks now and then', () => {
    expect([120, 65.2, 9, -3].map(countdown)).toEqual(['2:00', '1:06', '0:09', '0:00'])
    expect([120, 119, 60, 30, 29, 10].map(isAnnounced)).toEqual([true, false, true, true, false, true])
  })
})

describe('its settings', () => {
  const base = { DATABASE_URL: 'postgresql://a@localhost/a', NEXTAUTH_SECRET: 'x'.repeat(40) }
  it('are fifteen minutes with a warning two minutes before; shorter is possible, longer is not', () => {
    expect(readEnv(base)).toMatchObject({ IDLE_SECONDS: 900, IDLE_WARN_SECONDS: 120 })
    expect(readEnv({ ...base, IDLE_SECONDS: '8', IDLE_WARN_SECONDS: '4' })).toMatchObject({ IDLE_SECONDS: 8 })
    expect(() => readEnv({ ...base, IDLE_SECONDS: '901' })).toThrow('IDLE_SECONDS must be at most 900')
    expect(() => readEnv({ ...base, IDLE_SECONDS: '60' })).toThrow(
      'IDLE_SECONDS must be more than IDLE_WARN_SECONDS',
    )
  })
})
