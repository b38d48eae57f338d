import { describe, expect, it } from 'vitest'
import { flapScore, flapWords } from '#lib/runs/flap-score.ts'
import type { HistoryRow } from '#lib/runs/item-history.ts'
import type { Verdict } from '#lib/shared/codes.ts'

const VERDICTS: Record<string, Verdict> = { p: 'pass', f: 'fail', i: 'inconclusive' }

/** Rows newest first, of letters oldest first: p, f and i are looks, capitals are looks in shadow, anything else is a note. */
function rows(letters: string): HistoryRow[] {
  return [...letters].reverse().map((letter, n) => {
    const verdict = VERDICTS[letter.toLowerCase()]
    const kind = verdict ? (letter === letter.toLowerCase() ? 'observation' : 'shadow') : 'note'
    const observation = verdict ? ({ verdict } as HistoryRow['observation']) : null
    return { n, kind, by: 'x', at: n, text: null, overProbe: false, told: null, sentTo: null, observation }
  })
}

describe('how often a probe changed its mind', () => {
  it.each([
    ['', 0, 0],
    ['ppp', 3, 0],
    ['pf', 2, 1],
    ['pfpf', 4, 3],
    ['p-f-p', 3, 2],
    // What gave no verdict is no change of one.
    ['pip', 2, 0],
    ['piifip', 3, 2],
    [`f${'p'.repeat(20)}`, 20, 0],
    [`f${'p'.repeat(19)}`, 20, 1],
    ['FFpp', 2, 0],
    ['ppPFP', 3, 2],
  ])('%j: %i looks, %i changes', (letters, looks, changes) => {
    expect(flapScore(rows(letters))).toEqual({ looks, changes })
  })

  it('is said only when there is something to say', () => {
    expect(flapWords(rows('ppp'))).toBeNull()
    expect(flapWords(rows('ppf'))).toBe('The verdict changed once in the last 3 looks that gave one.')
    expect(flapWords(rows('pfpf'))).toBe('The verdict changed 3 times in the last 4 looks that gave one.')
  })
})
