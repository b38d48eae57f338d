import { describe, expect, it } from 'vitest'
import type { Evidence } from '#lib/runs/evidence.ts'
import { evidenceLine } from '#lib/runs/evidence-line.ts'
import { itemWith, NOW, row } from './builders.ts'

const DAY = 86_400_000
const line = (today: number | null) =>
  evidenceLine({ fold: itemWith([row.tick(), row.witness()]).fold, texts: {}, today })?.text

describe('who stands behind an item', () => {
  it('is said with the hour on the day itself', () => {
    expect(line(NOW)).toBe('Ana 15:00 UTC · witnessed by Bo 15:00 UTC')
  })

  it('is said with the day on any other one, and always on paper', () => {
    const full = 'Ana 2026-11-23 15:00:00 UTC · witnessed by Bo 2026-11-23 15:00:00 UTC'
    expect(line(NOW + DAY)).toBe(full)
    expect(line(null)).toBe(full)
  })
})

const probed = (...rows: Evidence[]) => evidenceLine({ fold: itemWith(rows).fold, texts: {}, today: NOW })

describe('what a machine saw', () => {
  it.each([
    ['inconclusive', 'inconclusive: no series', true],
    ['error', 'error: no series', true],
    ['blocked', 'blocked: no series', true],
    ['skipped', 'skipped: no series', true],
    // Its line begins with "warning" by itself.
    ['warn', 'no series', true],
    ['pass', 'no series', false],
    ['fail', 'no series', false],
  ] as const)('says first that it came to %s where that proves nothing', (outcome, text, unsure) => {
    const verdict = outcome === 'pass' || outcome === 'fail' ? outcome : 'inconclusive'
    const look = { ...row.seen(verdict), outcome, line: 'no series' } as const
    expect(probed(look)).toEqual({ from: 'machine', text, unsure })
  })

  it('says of a probe that was given up what is to be done', () => {
    const line = 'the probe was given up: none of 5 workers brought it to its end. Run it again, or change it'
    const lost = { ...row.seen('inconclusive'), outcome: 'error', line } as const
    expect(probed(lost)).toEqual({
      from: 'machine',
      text: `error: ${line}`,
      unsure: true,
    })
  })

  it('leaves a pass that stands what it is, and says what the last attempt came to', () => {
    const blocked = { outcome: 'blocked', line: 'not on the list' } as const
    const line = probed(row.seen('pass', { id: 'a' }), {
      ...row.seen('inconclusive', { id: 'b' }),
      ...blocked,
    })
    expect(line).toMatchObject({ unsure: false })
    expect(line?.text).toMatch(/^saw pass · last attempt: blocked: not on the list · 2 looks$/)
  })
})
