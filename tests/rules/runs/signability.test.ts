import { describe, expect, it } from 'vitest'
import { INDEPENDENT_ROLES, isIndependentRole } from '#lib/runs/independent-roles.ts'
import type { RuleItem, RuleRun, RuleSignoff, RuleSlot } from '#lib/runs/run-facts.ts'
import { freeHolders, obstacles, restingOn } from '#lib/runs/signability.ts'
import { DECISIONS, type Decision, RUN_STATES, type RunState } from '#lib/shared/codes.ts'
import { ANA, BO, itemWith, row, runWith, signoffWith, slotWith } from './builders.ts'

const ROLES = ['Developer', 'Reviewer', 'DevOps', 'Security']
const bo = { memberId: 'bo', roles: ROLES }

type Asked = {
  role?: string
  decision?: Decision
  run?: Partial<RuleRun>
  slot?: Partial<RuleSlot>
  others?: RuleSlot[]
  items?: RuleItem[]
}

function codes({ role = 'Reviewer', decision = 'go', run, slot, others = [], items }: Asked = {}): string[] {
  const asked = slotWith({ role, standing: null, ...slot })
  return obstacles({
    signer: bo,
    slot: asked,
    slots: [asked, ...others],
    items: items ?? [itemWith([row.tick()])],
    decision,
    run: runWith(run),
  }).map(({ code }) => code)
}

describe('a role whose signer must be independent', () => {
  it.each([
    ['Reviewer', true],
    ['reviewer', true],
    ['SECURITY', true],
    ['Code Reviewer', true],
    ['Security Officer (HIPAA)', true],
    ['Developer', false],
    ['DevOps', false],
    ['Insecurity', false],
    ['', false],
  ])('%s: %s', (role, expected) => expect(isIndependentRole(role)).toBe(expected))

  it('stands in the table in lower case, as it is compared', () => {
    expect(INDEPENDENT_ROLES.map((role) => role.toLowerCase())).toEqual([...INDEPENDENT_ROLES])
  })
})

describe('the author of the commit', () => {
  const mine = { author: { memberId: 'bo', name: 'Bo' } }

  it('approves nothing as Reviewer or Security, whatever else is in order', () => {
    for (const role of ['Reviewer', 'Security'])
      for (const decision of ['go', 'conditional_go'] as const)
        expect(codes({ role, decision, run: mine })).toEqual(['commit_author'])
  })

  it('may stop it or leave it to another, and signs the other roles', () => {
    expect(codes({ run: mine, decision: 'no_go' })).toEqual([])
    expect(codes({ run: mine, decision: 'recuse' })).toEqual([])
    expect(codes({ run: mine, role: 'Developer' })).toEqual([])
  })

  it('is nobody here when it is another, somebody outside, or not named', () => {
    expect(codes({ run: { author: { memberId: 'ana', name: 'Ana' } } })).toEqual([])
    expect(codes({ run: { author: { memberId: null, name: 'Bo' } } })).toEqual([])
    expect(codes({ run: { author: null } })).toEqual([])
  })

  it('is not among those who can sign the slot', () => {
    const holders = [{ memberId: 'ana' }, { memberId: 'bo' }, { memberId: 'cy' }]
    const slot = slotWith({ role: 'Reviewer', standing: null })
    const others = (standing = signoffWith()) => [slot, slotWith({ role: 'Developer', standing })]
    const free = (slots = others()) => freeHolders({ slot, slots, holders, run: runWith(mine) })
    expect(free()).toEqual([{ memberId: 'cy' }])
    expect(free(others(signoffWith({ decision: 'recuse' })))).toEqual([
      { memberId: 'ana' },
      { memberId: 'cy' },
    ])
    const developer = slotWith({ role: 'Developer', standing: null })
    expect(freeHolders({ slot: developer, slots: [developer], holders, run: runWith(mine) })).toEqual(holders)
  })
})

describe('the only word', () => {
  const cases: [string, RuleItem, boolean][] = [
    ['a tick', itemWith([row.tick({ by: BO })]), true],
    ['a tick that another witnessed', itemWith([row.tick({ by: BO }), row.witness(ANA)]), false],
    ['a tick that a machine confirms', itemWith([row.tick({ by: BO }), row.seen('pass')]), false],
    ['a tick of another', itemWith([row.tick({ by: ANA })]), false],
    ['an n/a', itemWith([row.notApplicable(BO)]), true],
    ['an n/a that another checked', itemWith([row.notApplicable(BO), row.verify(ANA)]), false],
    ['an n/a of another', itemWith([row.notApplicable(ANA)]), false],
    ['an n/a of another that this person checked', itemWith([row.notApplicable(ANA), row.verify(BO)]), false],
    ['an item that is open', itemWith(), false],
    ['a fail', itemWith([row.fail(BO)]), false],
  ]
  it.each(cases)('%s', (_, item, alone) => {
    expect(restingOn({ memberId: 'bo', items: [item] })).toHaveLength(alone ? 1 : 0)
    expect(codes({ items: [item] }).includes('only_evidence')).toBe(alone)
  })

  it('is enough for a Developer, for a no-go and for a recusal, and names its items otherwise', () => {
    const items = [itemWith([row.notApplicable(BO)], { text: 'Backup done' })]
    expect(codes({ items, role: 'Developer' })).toEqual([])
    expect(codes({ items, decision: 'no_go' })).toEqual([])
    expect(codes({ items, decision: 'recuse' })).toEqual([])
    const slot = slotWith({ role: 'Security', standing: null })
    const [found] = obstacles({ signer: bo, slot, slots: [slot], items, decision: 'go', run: runWith() })
    expect(found?.text).toContain('“Backup done”')
  })
})

describe('the state of the run', () => {
  const open = (state: RunState, standing: RuleSlot['standing'] = signoffWith({ memberId: 'bo' })) =>
    DECISIONS.filter((decision) => codes({ decision, run: { state }, slot: { standing } }).length === 0)

  it.each([
    ['preparing', ['go', 'conditional_go', 'no_go', 'recuse']],
    ['deploying', ['no_go', 'recuse']],
    ['verifying', ['no_go', 'recuse']],
    ['rolling_back', ['no_go', 'recuse']],
    ['closed', []],
    ['rolled_back', []],
    ['aborted', []],
  ] as [RunState, Decision[]][])('%s: who signed go may sign %s', (state, expected) => {
    expect(RUN_STATES).toContain(state)
    expect(open(state)).toEqual(expected)
  })

  it('lets a no-go or a recusal after the start be answered with a go again, not while rolling back', () => {
    for (const decision of ['no_go', 'recuse'] as const) {
      const standing = signoffWith({ memberId: 'bo', decision })
      expect(open('deploying', standing)).toEqual(['go', 'conditional_go', 'no_go', 'recuse'])
      expect(open('verifying', standing)).toContain('go')
      expect(open('rolling_back', standing)).toEqual(['no_go', 'recuse'])
    }
  })
})

describe('a slot that another holds', () => {
  it('is theirs alone while the signature is fresh', () => {
    const holders = [{ memberId: 'ana' }, { memberId: 'bo' }]
    const free = (more: Partial<RuleSignoff> = {}) => {
      const slot = slotWith({ standing: signoffWith(more) })
      return freeHolders({ slot, slots: [slot], holders, run: runWith() }).map(({ memberId }) => memberId)
    }
    expect(free()).toEqual(['ana'])
    expect(free({ staleReason: 'Something changed' })).toEqual(['ana', 'bo'])
    expect(free({ holdsRole: false })).toEqual(['ana', 'bo'])
  })

  it('is closed for everything but a stop over their go', () => {
    const slot = { standing: signoffWith({ memberId: 'ana' }) }
    expect(DECISIONS.filter((decision) => codes({ decision, slot }).length === 0)).toEqual(['no_go'])
    const stopped = { standing: signoffWith({ memberId: 'ana', decision: 'no_go' }) }
    expect(DECISIONS.filter((decision) => codes({ decision, slot: stopped }).length === 0)).toEqual([])
  })
})
