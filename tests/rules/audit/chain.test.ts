import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChainEvent, type ChainHead, GENESIS_PREV, linkHash, verifyChain } from '#lib/audit/chain.ts'
import { canonical } from '#lib/shared/canonical.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import type { Json } from '#lib/shared/result.ts'

const STREAM = 'run:0198'

function envelope({
  stream = STREAM,
  seq,
  payload,
}: {
  stream?: string
  seq: number
  payload: Json
}): string {
  return canonical({ v: 1, stream, seq, at: 1_795_000_000_000 + seq, action: 'run.item_ticked', payload })
}

/** Links texts into events as the database does; a forger with the same function can do no better. */
function linked(texts: readonly string[], stream = STREAM): ChainEvent[] {
  let prev = GENESIS_PREV
  return texts.map((text, index) => {
    const hash = linkHash({ prev, canonical: text })
    const event = { stream, seq: index + 1, canonical: text, prev, hash }
    prev = hash
    return event
  })
}

function chainOf(payloads: readonly Json[], stream = STREAM): ChainEvent[] {
  return linked(
    payloads.map((payload, index) => envelope({ stream, seq: index + 1, payload })),
    stream,
  )
}

function headOf(events: readonly ChainEvent[]): ChainHead {
  return { seq: events.length, hash: events.at(-1)?.hash ?? GENESIS_PREV }
}

function brokenAt(events: readonly ChainEvent[], head?: ChainHead): string {
  const verdict = verifyChain({ stream: STREAM, events, head })
  return verdict.ok ? 'ok' : `${verdict.at.seq} ${verdict.kind}`
}

function renumbered(events: readonly ChainEvent[]): ChainEvent[] {
  return events.map((event, index) => ({ ...event, seq: index + 1 }))
}

const payloads = fc.array(fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' })), {
  minLength: 2,
  maxLength: 12,
})
const chain = payloads.map((list) => chainOf(list))
const chainAndIndex = chain.chain((events) =>
  fc.record({ events: fc.constant(events), index: fc.nat({ max: events.length - 1 }) }),
)
const FIVE = chainOf(['a', 'b', 'c', 'd', 'e'])

function at(index: number): ChainEvent {
  const event = FIVE[index]
  if (event === undefined) throw new RangeError(String(index))
  return event
}

describe('the link', () => {
  it('is SHA-256 of the domain, the 32 bytes before and the text', () => {
    const bytes = Buffer.concat([Buffer.from('auditv1\n'), Buffer.alloc(32), Buffer.from('{"a":"é"}')])
    expect(linkHash({ prev: GENESIS_PREV, canonical: '{"a":"é"}' })).toBe(sha256Hex(bytes))
    expect(linkHash({ prev: new Uint8Array(32), canonical: '{"a":"é"}' })).toBe(sha256Hex(bytes))
  })

  it('takes nothing but a SHA-256 as predecessor', () => {
    expect(() => linkHash({ prev: new Uint8Array(31), canonical: '{}' })).toThrow(TypeError)
    expect(() => linkHash({ prev: 'zz', canonical: '{}' })).toThrow(TypeError)
  })
})

describe('a clean chain', () => {
  it('raises no alarm, in hexadecimal or bytes, with or without its head', () => {
    fc.assert(
      fc.property(chain, (events) => {
        const inBytes = events.map((event) => ({
          ...event,
          prev: Buffer.from(String(event.prev), 'hex'),
          hash: Buffer.from(String(event.hash), 'hex'),
        }))
        for (const same of [events, inBytes]) {
          expect(verifyChain({ stream: STREAM, events: same })).toEqual({ ok: true, count: events.length })
          expect(brokenAt(same, headOf(events))).toBe('ok')
        }
      }),
    )
  })

  it('may be empty', () => {
    expect(brokenAt([])).toBe('ok')
    expect(brokenAt([], { seq: 0, hash: GENESIS_PREV })).toBe('ok')
  })
})

describe('a changed chain', () => {
  it('is found at the event whose text has one flipped bit', () => {
    fc.assert(
      fc.property(chainAndIndex, fc.nat(), fc.nat({ max: 6 }), ({ events, index }, place, bit) => {
        const changed = events.map((event, position) => {
          if (position !== index) return event
          const offset = place % event.canonical.length
          const flipped = String.fromCharCode(event.canonical.charCodeAt(offset) ^ (1 << bit))
          return {
            ...event,
            canonical: event.canonical.slice(0, offset) + flipped + event.canonical.slice(offset + 1),
          }
        })
        // Lone surrogates all become the same replacement bytes in UTF-8, so the text check must find those.
        expect(['hash', 'not_canonical'].map((kind) => `${index + 1} ${kind}`)).toContain(brokenAt(changed))
      }),
    )
  })

  it('is found when a stored digest has one flipped bit', () => {
    fc.assert(
      fc.property(
        chainAndIndex,
        fc.constantFrom('prev', 'hash'),
        fc.nat({ max: 255 }),
        ({ events, index }, column, bit) => {
          const changed = events.map((event, position) => {
            if (position !== index) return event
            const bytes = Buffer.from(String(event[column]), 'hex')
            bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
            return { ...event, [column]: bytes }
          })
          expect(brokenAt(changed)).toBe(`${index + 1} ${column === 'prev' ? 'link' : 'hash'}`)
        },
      ),
    )
  })

  it('is found when an event is removed, renumbered over or not', () => {
    fc.assert(
      fc.property(chainAndIndex, ({ events, index }) => {
        const rest = events.filter((_, position) => position !== index)
        const isLast = index === events.length - 1
        expect(brokenAt(rest, headOf(events))).toBe(`${index + 1} ${isLast ? 'truncated' : 'gap'}`)
        expect(brokenAt(renumbered(rest), headOf(events))).toBe(
          `${index + 1} ${isLast ? 'truncated' : 'link'}`,
        )
      }),
    )
  })

  it('is found when an event is put in, duplicated or taken from elsewhere', () => {
    fc.assert(
      fc.property(chainAndIndex, ({ events, index }) => {
        const event = events[index]
        if (event === undefined) return
        const twice = events.toSpliced(index + 1, 0, event)
        expect(brokenAt(twice)).toBe(`${index + 2} duplicate`)
        expect(brokenAt(renumbered(twice))).toBe(`${index + 2} link`)
        const prev = events[index - 1]?.hash ?? GENESIS_PREV
        const text = envelope({ seq: index + 1, payload: { forged: true } })
        const forged = {
          stream: STREAM,
          seq: index + 1,
          canonical: text,
          prev,
          hash: linkHash({ prev, canonical: text }),
        }
        expect(brokenAt(renumbered(events.toSpliced(index, 0, forged)))).toBe(`${index + 2} link`)
      }),
    )
  })

  it('is found when two events are swapped, renumbered over or not', () => {
    fc.assert(
      fc.property(chain, fc.nat(), fc.nat(), (events, left, right) => {
        const [first, second] = [left % events.length, right % events.length].sort((a, b) => a - b)
        const [a, b] = [events[first ?? 0], events[second ?? 0]]
        if (a === undefined || b === undefined || first === second) return
        const swapped = events.map((event) => (event === a ? b : event === b ? a : event))
        expect(brokenAt(swapped)).toBe(`${a.seq} reordered`)
        expect(brokenAt(renumbered(swapped))).toBe(`${a.seq} link`)
      }),
    )
  })

  it('is found when its tail is cut off, which only a head kept elsewhere can show', () => {
    fc.assert(
      fc.property(chainAndIndex, ({ events, index }) => {
        expect(brokenAt(events.slice(0, index))).toBe('ok')
        expect(brokenAt(events.slice(0, index), headOf(events))).toBe(`${index + 1} truncated`)
      }),
    )
  })

  it('is found when it goes on beyond its head, or was written anew', () => {
    expect(brokenAt(FIVE, headOf(FIVE.slice(0, 3)))).toBe('4 head')
    expect(brokenAt(chainOf(['a', 'b', 'x', 'd', 'e']), headOf(FIVE))).toBe('5 head')
  })

  it('is found when its numbers start elsewhere', () => {
    expect(brokenAt(FIVE.slice(2))).toBe('1 gap')
    expect(brokenAt(FIVE.map((event) => ({ ...event, seq: event.seq - 1 })))).toBe('1 reordered')
    expect(brokenAt(renumbered(FIVE.slice(2)))).toBe('1 link')
  })

  it('names the successor when an event was replaced together with its hash', () => {
    const text = envelope({ seq: 2, payload: 'forged' })
    const forged = { ...at(1), canonical: text, hash: linkHash({ prev: at(1).prev, canonical: text }) }
    expect(brokenAt([at(0), forged, at(2)])).toBe('3 link')
  })

  it('is found when a correctly linked text does not say its own place', () => {
    expect(brokenAt(linked([envelope({ seq: 1, payload: 'a' }), envelope({ seq: 3, payload: 'b' })]))).toBe(
      '2 reordered',
    )
    expect(brokenAt(linked([envelope({ stream: 'run:other', seq: 1, payload: 'a' })]))).toBe('1 foreign')
    expect(brokenAt(chainOf(['a'], 'run:other'))).toBe('1 foreign')
  })

  it.each([
    '{"b":1,"a":2}',
    '{"a":1,"a":2}',
    '{"a": 1}',
    '{"a":1.5}',
    '[]',
    'null',
    '',
    'nonsense',
    '{"a":"\\ud800"}',
  ])('is found when the hashed text is %s', (text) => {
    expect(brokenAt(linked([text]))).toBe('1 not_canonical')
  })

  it('is found, not thrown, when a stored digest is no digest', () => {
    expect(brokenAt([{ ...at(0), prev: '' }])).toBe('1 link')
    expect(brokenAt([{ ...at(0), hash: new Uint8Array(3) }])).toBe('1 hash')
  })

  it('is described in words that name the event', () => {
    const verdict = verifyChain({ stream: STREAM, events: [at(0), { ...at(1), canonical: at(0).canonical }] })
    expect(verdict).toMatchObject({ ok: false, at: { stream: STREAM, seq: 2 }, kind: 'hash' })
    expect(verdict).toHaveProperty('message', expect.stringContaining('event 2'))
  })
})
