import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestChain, type ChainLink, chainEnds } from '#lib/shared/best-chain.ts'

type Link = ChainLink & { by: readonly string[] }
const link = (id: string, ends: number, by: readonly string[] = []): Link => ({
  ...{ id, ends, by },
  isRoot: by.length === 0,
})

function best(links: readonly Link[], trusted: readonly string[]): string | null {
  const [leaf] = links
  if (leaf === undefined) throw new Error('no leaf')
  const chain = bestChain(leaf, {
    issuersOf: ({ by }) => links.filter(({ id }) => by.includes(id)),
    isTrusted: ({ id }) => trusted.includes(id),
  })
  return chain?.map(({ id }) => id).join(' ') ?? null
}

describe('the chain that holds longest', () => {
  const leaf = link('leaf', 60, ['middle'])
  const middle = link('middle', 200, ['new', 'cross'])
  const all = [leaf, middle, link('new', 3000), link('cross', -3, ['old']), link('old', -3)]

  it.each([
    ['is that of the trusted root', all, ['new'], 'leaf middle new'],
    ['is that of the root that has not ended', all, ['old', 'new'], 'leaf middle new'],
    ['is another where no better one is trusted', all, ['old'], 'leaf middle cross old'],
    ['is none without a trusted root', all, ['middle', 'cross'], null],
    ['is none where the way breaks off', [leaf], ['new'], null],
    ['is the certificate alone where that is trusted', [link('self', 5)], ['self'], 'self'],
    ['is none where the certificate alone is a stranger', [link('self', 5)], ['new'], null],
    [
      'is the shorter of two that hold as long',
      [link('leaf', 1, ['a', 'r']), link('a', 9, ['r']), link('r', 9)],
      ['r'],
      'leaf r',
    ],
    [
      'goes round in no circle',
      [link('leaf', 1, ['a']), link('a', 9, ['b']), link('b', 9, ['a', 'r']), link('r', 9)],
      ['r'],
      'leaf a b r',
    ],
  ])('%s', (_what, links, trusted, wanted) => {
    expect(best(links, trusted)).toBe(wanted)
  })

  it('is found in bounded time, whatever is sent', () => {
    const everyone = Array.from({ length: 40 }, (_, index) => String(index))
    let asked = 0
    const links = everyone.map((id) => link(id, 9, everyone))
    const [first] = links
    if (first === undefined) throw new Error('no leaf')
    const issuersOf = () => {
      asked++
      return links
    }
    expect(bestChain(first, { issuersOf, isTrusted: () => true })).toBeNull()
    expect(asked).toBeLessThan(250)
  })

  it('holds at least as long as any way to a trusted root', () => {
    const ends = fc.integer({ min: -100, max: 100 })
    fc.assert(
      fc.property(ends, fc.array(fc.tuple(ends, ends), { minLength: 1, maxLength: 8 }), (own, ways) => {
        const links = ways.flatMap(([middleEnds, rootEnds], n) => [
          link(`m${n}`, middleEnds, [`r${n}`]),
          link(`r${n}`, rootEnds),
        ])
        const first = link(
          'leaf',
          own,
          ways.map((_, n) => `m${n}`),
        )
        const chain = bestChain(first, {
          issuersOf: ({ by }) => links.filter(({ id }) => by.includes(id)),
          isTrusted: () => true,
        })
        expect(chain && chainEnds(chain)).toBe(Math.max(...ways.map((way) => Math.min(own, ...way))))
      }),
      { numRuns: 100 },
    )
  })
})
