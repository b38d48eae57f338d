import { describe, expect, it } from 'vitest'
import type { ItemAct } from '#lib/runs/board.ts'
import { itemRule, noteWanted, othersMark } from '#lib/runs/item-rules.ts'
import type { RuleItem } from '#lib/runs/run-facts.ts'
import { stageObstacle } from '#lib/runs/stage-openness.ts'
import { RUN_STATES, type RunState, STAGES } from '#lib/shared/codes.ts'
import { ANA, BO, itemWith, NOW, row } from './builders.ts'

function code(
  act: ItemAct,
  item: RuleItem,
  { memberId = 'ana', state = 'preparing' as RunState, now = NOW } = {},
): string {
  const rule = itemRule({ act, item, memberId, state, now })
  return rule === true ? 'yes' : rule.code
}

describe('what one may do with an item', () => {
  it('tick: once, not over a machine, not over n/a, again when it is too old', () => {
    expect(code('tick', itemWith())).toBe('yes')
    expect(code('tick', itemWith([row.tick()]))).toBe('already_passed')
    expect(code('tick', itemWith([row.tick()], { shelfLifeSeconds: 60 }), { now: NOW + 61_000 })).toBe('yes')
    expect(code('tick', itemWith([row.seen('pass')]))).toBe('already_passed')
    expect(code('tick', itemWith([row.seen('fail')]))).toBe('machine_failed')
    expect(code('tick', itemWith([row.fail(BO)]))).toBe('yes')
    expect(code('tick', itemWith([row.notApplicable()]))).toBe('not_applicable')
  })

  it('untick: people’s marks, never a machine’s', () => {
    expect(code('untick', itemWith([row.tick({ by: BO })]))).toBe('yes')
    expect(code('untick', itemWith([row.seen('pass')]))).toBe('machine_mark')
    expect(code('untick', itemWith())).toBe('nothing_to_undo')
    expect(
      othersMark({ item: itemWith([row.tick({ by: BO }), row.fail(ANA)]), memberId: 'ana' })?.by,
    ).toEqual(BO)
    expect(othersMark({ item: itemWith([row.tick()]), memberId: 'ana' })).toBeNull()
  })

  it('fail and n/a: once, and n/a passes over no machine’s fail', () => {
    expect(code('fail', itemWith([row.seen('pass')]))).toBe('yes')
    expect(code('fail', itemWith([row.fail()]))).toBe('already_failed')
    expect(code('notApplicable', itemWith([row.tick({ by: BO })]))).toBe('yes')
    expect(code('notApplicable', itemWith([row.seen('fail')]))).toBe('machine_failed')
    expect(code('notApplicable', itemWith([row.notApplicable()]))).toBe('already_not_applicable')
  })

  it('witness and verify: by a second person, once', () => {
    expect(code('witness', itemWith([row.tick()]), { memberId: 'bo' })).toBe('yes')
    expect(code('witness', itemWith([row.tick()]))).toBe('own_tick')
    expect(code('witness', itemWith([row.tick(), row.witness()]), { memberId: 'bo' })).toBe(
      'already_witnessed',
    )
    expect(code('witness', itemWith([row.seen('pass')]), { memberId: 'bo' })).toBe('not_ticked')
    expect(code('verify', itemWith([row.notApplicable()]), { memberId: 'bo' })).toBe('yes')
    expect(code('verify', itemWith([row.notApplicable()]))).toBe('own_mark')
    expect(code('verify', itemWith([row.notApplicable(), row.verify()]), { memberId: 'cy' })).toBe(
      'already_verified',
    )
  })

  it('note: as long as the run lives, whatever the stage', () => {
    expect(code('note', itemWith([], { stage: 'rollback' }))).toBe('yes')
    expect(code('note', itemWith(), { state: 'closed' })).toBe('run_over')
  })
})

describe('a tick needs a note', () => {
  const wanted = (item: RuleItem) => noteWanted({ item, memberId: 'ana', now: NOW }) !== null
  it('where the item asks, over a probe that has not shown it, and over another’s fail', () => {
    expect(wanted(itemWith())).toBe(false)
    expect(wanted(itemWith([], { needsNote: true }))).toBe(true)
    expect(wanted(itemWith([], { probeHash: 'c' }))).toBe(true)
    expect(wanted(itemWith([row.seen('inconclusive')], { probeHash: 'c' }))).toBe(true)
    expect(wanted(itemWith([row.seen('pass')], { probeHash: 'c' }))).toBe(false)
    expect(wanted(itemWith([row.fail(BO)]))).toBe(true)
    expect(wanted(itemWith([row.fail(ANA)]))).toBe(false)
  })
})

it('stages open one after the other', () => {
  const open = (kind: 'item' | 'step') =>
    Object.fromEntries(
      STAGES.map((stage) => [
        stage,
        RUN_STATES.filter((state) => stageObstacle({ state, item: { kind, stage } }) === null),
      ]),
    )
  expect(open('item')).toEqual({
    prepare: ['preparing'],
    deploy: ['preparing', 'deploying', 'verifying'],
    verify: ['verifying'],
    rollback: ['rolling_back'],
  })
  expect(open('step')).toEqual({
    prepare: ['preparing'],
    deploy: ['deploying'],
    verify: ['verifying'],
    rollback: ['rolling_back'],
  })
})

it('while deploying, evidence of prepare items is renewed and nothing new is settled', () => {
  const aged = itemWith([row.tick()], { shelfLifeSeconds: 60 })
  const late = { state: 'deploying' as const, now: NOW + 61_000 }
  expect(code('tick', aged, late)).toBe('yes')
  expect(code('tick', aged, { ...late, now: NOW })).toBe('stage_closed')
  expect(code('tick', aged, { ...late, state: 'verifying' })).toBe('stage_closed')
  expect(code('witness', itemWith([row.tick()]), { memberId: 'bo', state: 'deploying' })).toBe('yes')
  expect(code('untick', aged, late)).toBe('stage_closed')
  const item = itemWith([], { probeHash: 'c' })
  expect(code('probe', item, { state: 'deploying' })).toBe('yes')
  expect(code('tick', item, { state: 'deploying' })).toBe('stage_closed')
  expect(code('probe', item, { state: 'verifying' })).toBe('stage_closed')
  expect(code('probe', itemWith())).toBe('no_probe')
})
