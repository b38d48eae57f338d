import { describe, expect, it } from 'vitest'
import type { Actor } from '#lib/access/actor.ts'
import type { DecideContext } from '#lib/door/command.ts'
import {
  type Cause,
  decideCancelProbes,
  decideStartProbes,
  type ProbedItem,
} from '#lib/runs/decide-probes.ts'
import { EMPTY_FOLD, foldOne } from '#lib/runs/fold.ts'
import type { Stage, Verdict } from '#lib/shared/codes.ts'

const NOW = new Date('2026-03-02T10:00:00Z')
const system = { kind: 'system', name: 'Countersign', team: null } as unknown as Actor

function context(): DecideContext {
  let last = 0
  const newId = () => `id-${++last}`
  return { actor: system, now: NOW, newId, seq: 4, write: () => ({ textId: '', hash: '' }) }
}

function item(key: string, more: Partial<ProbedItem> = {}): ProbedItem {
  return {
    id: `item-${key}`,
    key,
    kind: 'item',
    ordinal: 1,
    sectionKey: 's',
    stage: 'prepare',
    text: key,
    required: true,
    ownerRole: null,
    minGrade: 'unproven',
    shelfLifeSeconds: 900,
    needsNote: false,
    probeHash: 'hash',
    version: 0,
    fold: EMPTY_FOLD,
    active: false,
    lost: false,
    pushed: false,
    ...more,
  }
}

const seen = (...verdicts: Verdict[]) =>
  verdicts.reduce(
    (fold, verdict) =>
      foldOne(fold, {
        kind: 'observation',
        at: NOW.getTime(),
        observationId: 'o',
        outcome: verdict,
        verdict,
        line: verdict,
        configHash: 'hash',
      }),
    EMPTY_FOLD,
  )

const run = (state: 'preparing' | 'deploying' | 'verifying' | 'closed') => ({
  id: 'run',
  state,
  release: { version: 'v1', commit: 'abcdef0', artifactDigest: null },
  author: null,
  templateHash: 't',
  windowStart: null,
  windowEnd: null,
})

const start = (
  items: ProbedItem[],
  keys: string[] | 'all' | 'failing',
  { state = 'preparing', teamActive = 0 }: { state?: Parameters<typeof run>[0]; teamActive?: number } = {},
) =>
  decideStartProbes(
    { stream: 'run', teamId: 'team', run: run(state), items, teamActive },
    { keys },
    context(),
  )

/** The keys started, or the refusal's code. */
const told = (decision: ReturnType<typeof start>) =>
  decision.kind === 'refused' ? decision.refusal.code : decision.value.keys

describe('which probes start', () => {
  const items = [
    item('a'),
    item('b', { fold: seen('fail') }),
    item('c', { fold: seen('pass') }),
    item('d', { fold: seen('pass', 'inconclusive') }),
    item('e', { probeHash: null }),
    item('f', { active: true, fold: seen('fail') }),
    item('g', {
      fold: foldOne(EMPTY_FOLD, {
        kind: 'not_applicable',
        by: { memberId: 'm', name: 'Ana' },
        at: 1,
        reason: { textId: 't', hash: 'h' },
      }),
    }),
  ]

  it.each([
    ['all', ['a', 'b', 'c', 'd']],
    ['failing', ['b', 'd']],
    [['c'], ['c']],
    [['f'], []],
    [['e'], 'no_probe'],
    [['g'], 'not_applicable'],
    [['x'], 'no_item'],
    [['e', 'a'], ['a']],
  ] as [string[] | 'all' | 'failing', string[] | string][])('%j: %j', (keys, expected) => {
    expect(told(start(items, keys))).toEqual(expected)
  })

  it('takes what is pushed for none that fails: it does not come by looking', () => {
    const waits = item('a', { pushed: true, fold: seen('inconclusive') })
    expect(told(start([waits, item('b', { fold: seen('inconclusive') })], 'failing'))).toEqual(['b'])
    expect(told(start([waits], 'failing'))).toBe('nothing_failing')
    expect(told(start([waits], 'all'))).toEqual(['a'])
  })

  it('has nothing to say when nothing is there', () => {
    expect(told(start([], 'all'))).toBe('nothing_to_probe')
    expect(told(start([item('a')], 'failing'))).toBe('nothing_failing')
  })

  it.each([
    ['prepare', 'preparing'],
    ['deploy', 'preparing'],
    ['deploy', 'deploying'],
    ['verify', 'verifying'],
  ] as [Stage, 'preparing' | 'deploying' | 'verifying'][])('looks at %s while %s', (stage, state) => {
    expect(told(start([item('a', { stage })], 'all', { state }))).toEqual(['a'])
  })

  it('looks at nothing whose stage is closed, and says which', () => {
    const verify = item('a', { stage: 'verify' })
    expect(told(start([verify], 'all'))).toBe('nothing_to_probe')
    expect(told(start([verify], ['a']))).toBe('stage_closed')
    expect(told(start([item('a')], ['a'], { state: 'closed' }))).toBe('run_over')
  })

  it('fills the room that the team has left, in document order', () => {
    const full = start([item('a'), item('b'), item('c')], 'all', { teamActive: 198 })
    expect(full).toMatchObject({ kind: 'changed', value: { keys: ['a', 'b'], left: 1 } })
    expect(told(start([item('a')], 'all', { teamActive: 200 }))).toBe('too_many_probes')
  })
})

describe('a probe in shadow', () => {
  const shadow = item('s', { probeHash: null, shadowHash: 'hash' })
  it('starts with all and by name, and never counts as failing', () => {
    expect(told(start([item('a'), shadow], 'all'))).toEqual(['a', 's'])
    expect(told(start([shadow], ['s']))).toEqual(['s'])
    expect(told(start([shadow], 'failing'))).toBe('nothing_failing')
  })
})

describe('why probes were started', () => {
  const person = { kind: 'person', team: { memberId: 'm' } } as unknown as Actor
  const by = (actor: Actor, cause: Cause | undefined) =>
    decideStartProbes(
      { stream: 'run', teamId: 'team', run: run('preparing'), items: [item('a')], teamActive: 0 },
      { keys: 'all', cause },
      { ...context(), actor },
    )

  it('is said where the worker did it by itself', () => {
    expect(by(system, 'schedule')).toMatchObject({
      change: { cause: 'schedule', requestedBy: null },
      entries: [{ action: 'run.probes_repeated', data: { keys: ['a'] } }],
    })
    expect(by(system, 'gate')).toMatchObject({
      entries: [{ action: 'run.probes_started', data: { keys: ['a'], cause: 'gate' } }],
    })
  })

  it('is nobody’s to claim but the worker’s', () => {
    expect(by(person, 'schedule')).toMatchObject({
      change: { cause: null, requestedBy: 'm' },
      entries: [{ action: 'run.probes_started', data: { keys: ['a'] } }],
    })
  })
})

it('cancels what is under way of the chosen, and nothing else', () => {
  const active = [
    { attemptId: '1', key: 'a' },
    { attemptId: '2', key: 'b' },
  ]
  const cancel = (keys: string[] | 'all') =>
    decideCancelProbes({ stream: 'run', teamId: 'team', active }, { keys }, context())
  expect(cancel('all')).toMatchObject({ kind: 'changed', change: { attemptIds: ['1', '2'] } })
  expect(cancel(['b', 'x'])).toMatchObject({
    change: { attemptIds: ['2'] },
    entries: [{ action: 'run.probes_cancelled', data: { keys: ['b'] } }],
  })
  expect(cancel(['x'])).toEqual({ kind: 'unchanged', value: { keys: [] } })
})
