import { describe, expect, it } from 'vitest'
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
