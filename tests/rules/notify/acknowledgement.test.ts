import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isMet } from '#lib/notify/acknowledgement.ts'
import { acknowledger } from '#lib/notify/decide-acknowledge.ts'
import { bodyOf, LINK_PLACE, letterText, noticeBody, noticeSubject } from '#lib/notify/notice-text.ts'
import { webhookHeaders } from '#lib/notify/webhook-message.ts'
import type { Evidence } from '#lib/runs/evidence.ts'
import { grade, gradeAt, stateOf } from '#lib/runs/fold.ts'
import { scopeEntry } from '#lib/runs/scope.ts'
import { restingOn } from '#lib/runs/signability.ts'
import { ANA, BO, itemWith, NOW, row } from '#tests/rules/runs/builders.ts'

const sent = (noticeId = 'n', by = ANA): Evidence => ({ kind: 'notice', by, at: NOW, noticeId })
const word = (more: Partial<Extract<Evidence, { kind: 'acknowledgement' }>> = {}): Evidence => ({
  kind: 'acknowledgement',
  by: { memberId: null, name: 'Kim' },
  at: NOW,
  noticeId: 'n',
  to: 'on-call@example.com',
  met: true,
  ...more,
})

describe('the fold', () => {
  it('is passed and claimed once the need is met, and not before', () => {
    const { fold } = itemWith([sent(), word({ met: false })])
    expect([stateOf(fold), grade(fold)]).toEqual(['open', 'unproven'])
    const met = itemWith([sent(), word({ met: false }), word({ to: 'b@example.com' })]).fold
    expect([stateOf(met), grade(met)]).toEqual(['passed', 'claimed'])
    expect(grade(itemWith([sent(), word(), row.witness(BO)]).fold)).toBe('witnessed')
  })

  it('ages as any other claim', () => {
    const { fold } = itemWith([sent(), word()])
    const at = (now: number) => gradeAt({ fold, shelfLifeSeconds: 900, now })
    expect([at(NOW + 900_000), at(NOW + 900_001)]).toEqual(['claimed', 'unproven'])
  })

  it.each([
    ['a mark taken off', row.untick()],
    ['n/a', row.notApplicable()],
    ['another release', row.void()],
    ['a newer notice', sent('m')],
  ])('forgets the words of a notice after %s', (_what, after) => {
    const { fold } = itemWith([sent(), word(), after])
    expect(fold.acknowledged).toBeUndefined()
    expect(stateOf(fold)).not.toBe('passed')
    expect(itemWith([sent(), word(), after, word()]).fold).toEqual(fold)
  })

  it('is failed by a machine or a person whatever was acknowledged', () => {
    expect(stateOf(itemWith([sent(), word(), row.seen('fail')]).fold)).toBe('failed')
    expect(stateOf(itemWith([sent(), word(), row.fail(BO)]).fold)).toBe('failed')
  })
})

describe('whose word it is', () => {
  const viewer = BO
  const member = { memberId: 'cy', name: 'Cy' }
  it.each([
    [{ viewer, member, typed: 'Eve' }, BO],
    [{ viewer: null, member, typed: 'Eve' }, member],
    [
      { viewer: null, member: null, typed: 'Kim' },
      { memberId: null, name: 'Kim' },
    ],
    [{ viewer: null, member: null, typed: null }, null],
  ])('%j', (given, expected) => expect(acknowledger(given)).toEqual(expected))

  it('is the sender’s own alone where nobody else is known, until somebody witnesses', () => {
    const resting = (rows: Evidence[], memberId = ANA.memberId) =>
      restingOn({ memberId, items: [itemWith(rows)] }).length
    expect(resting([sent(), word()])).toBe(1)
    expect(resting([sent(), word()], BO.memberId)).toBe(0)
    expect(resting([sent(), word({ by: BO })])).toBe(0)
    expect(resting([sent('n', BO), word({ by: ANA })])).toBe(1)
    expect(resting([sent(), word(), row.witness(BO)])).toBe(0)
    expect(resting([sent(), word(), row.tick({ by: BO })])).toBe(0)
  })

  it.each([
    ['one', 3, 0, true],
    ['all', 3, 1, false],
    ['all', 3, 2, true],
  ] as const)('need %s of %i with %i before it: %s', (need, receivers, acknowledged, met) =>
    expect(isMet({ need, receivers, acknowledged })).toBe(met),
  )
})

describe('the scope of a signature', () => {
  it('holds the words up to the one that was enough, and nothing for items that were never acknowledged', () => {
    const all = itemWith([
      sent(),
      word({ met: false }),
      word({ to: 'b', met: true }),
      word({ to: 'c', met: true }),
    ])
    expect(scopeEntry(all).acknowledged).toEqual(['Kim on-call@example.com', 'Kim b'])
    expect(Object.keys(scopeEntry(itemWith([row.tick()])))).not.toContain('acknowledged')
    expect(Object.keys(scopeEntry(itemWith([sent()])))).not.toContain('acknowledged')
  })
})

describe('the letter', () => {
  const about = {
    team: 'Acme',
    sample: true,
    service: 'Web',
    environment: 'production',
    number: 7,
    release: { version: 'v1', commit: '8f3c2d1', artifactDigest: 'sha256:abc' },
    item: { text: 'Told **everybody**\nhere', stage: 'prepare' as const },
    runUrl: 'https://x.example/run',
  }

  it('says first that a sample is one, and keeps a subject on one line', () => {
    expect(noticeSubject(about)).toBe('SAMPLE: Web v1 to production: Told everybody here')
    const body = noticeBody({ about, message: 'Hello', by: 'Ana', at: NOW })
    expect(body.split('\n')[0]).toBe('SAMPLE: this deployment never happens.')
    expect(body).toContain('Artifact: sha256:abc')
  })

  it('is sent as it was kept, with the link in its place', () => {
    const body = noticeBody({ about, message: 'One\n\nTwo', by: 'Ana', at: NOW })
    const letter = letterText({ to: ['a@example.com'], subject: 'S', body })
    const out = bodyOf({ letter, ackUrl: 'https://x.example/ack/t' })
    expect(out).toBe(body.replace(LINK_PLACE, 'https://x.example/ack/t'))
    expect(out).not.toContain(LINK_PLACE)
  })

  it('by webhook is signed over id, time and body', () => {
    const key = Buffer.alloc(32, 7)
    const headers = Object.fromEntries(
      webhookHeaders({ id: 'r.1', at: 1_700_000_000_999, body: '{"a":1}', key }).map(({ name, value }) => [
        name,
        value,
      ]),
    )
    const signature = createHmac('sha256', key).update('r.1.1700000000.{"a":1}').digest('base64')
    expect(headers).toEqual({
      'webhook-id': 'r.1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': `v1,${signature}`,
    })
  })
})
