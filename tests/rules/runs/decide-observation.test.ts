import { describe, expect, it } from 'vitest'
import type { Actor } from '#lib/access/actor.ts'
import { configHash } from '#lib/probes/config.ts'
import type { Observation } from '#lib/probes/observation.ts'
import type { HttpObservation } from '#lib/probes/observations/http.ts'
import { decideObservation, type ObservationFacts } from '#lib/runs/decide-observation.ts'
import { EMPTY_FOLD, foldOne, type ItemFold } from '#lib/runs/fold.ts'
import { answerWith, probeOf } from '#tests/rules/probes/observations.ts'

const config = probeOf('expect status == 200')
const hash = configHash(config)
const NOW = new Date('2026-03-02T10:00:00Z')
const by = { memberId: 'm', name: 'Ana' }
const system = { kind: 'system', name: 'Countersign', team: null } as unknown as Actor

type More = Partial<{
  fold: ItemFold
  shadow: boolean
  state: ObservationFacts['run']['state']
  attempt: Partial<ObservationFacts['attempt']>
}>

function facts({
  fold = EMPTY_FOLD,
  state = 'preparing',
  attempt = {},
  shadow = false,
}: More = {}): ObservationFacts {
  return {
    stream: 'run',
    teamId: 'team',
    run: {
      id: 'run',
      state,
      release: { version: 'v1', commit: 'abcdef0', artifactDigest: null },
      author: null,
      templateHash: 't',
      windowStart: null,
      windowEnd: null,
    },
    item: {
      id: 'item',
      key: 'health',
      kind: 'item',
      ordinal: 1,
      sectionKey: 's',
      stage: 'prepare',
      text: 'Health answers',
      required: true,
      ownerRole: null,
      minGrade: 'unproven',
      shelfLifeSeconds: 900,
      needsNote: false,
      probeHash: shadow ? null : hash,
      shadowHash: shadow ? hash : null,
      version: 3,
      fold,
    },
    config,
    covering: [{ role: 'Developer', memberId: 'm' }],
    attempt: { id: 'attempt', state: 'running', fence: 2, isRepeat: false, ...attempt },
  }
}

function decide(more: More, observation: Observation, fence = 2) {
  let last = 0
  const newId = () => `id-${++last}`
  const write = () => ({ textId: '', hash: '' })
  const context = { actor: system, now: NOW, newId, seq: 7, write }
  return decideObservation(facts(more), { fence, observation }, context)
}

const saw = (status: number): HttpObservation => ({ ...answerWith({ status }), configHash: hash })
const failed = (kind: 'blocked' | 'dns' | 'lost' | 'cancelled'): Observation => ({
  ...saw(200),
  response: null,
  body: null,
  error: { kind, message: `${kind}!` },
})

/** Rows of evidence in order, folded. */
const foldOf = (...statuses: number[]) =>
  statuses.reduce((fold, status) => {
    const decision = decide({ fold }, saw(status))
    return decision.kind === 'changed' ? (decision.change.items[0]?.fold ?? fold) : fold
  }, EMPTY_FOLD)

const changed = (decision: ReturnType<typeof decide>) => {
  if (decision.kind !== 'changed') throw new Error(decision.kind)
  const [item] = decision.change.items
  return {
    ...item,
    actions: decision.entries.map(({ action }) => action),
    stale: decision.change.stale.map(({ role }) => role),
  }
}

describe('what is taken', () => {
  it('ticks an open item and stales the signature that covered it open', () => {
    expect(changed(decide({}, saw(200)))).toMatchObject({
      n: 4,
      seq: 8,
      state: 'passed',
      grade: 'observed',
      actions: ['run.probe_observed', 'run.signature_staled'],
      stale: ['Developer'],
    })
  })

  it('lifts a claimed item, and fails one that was ticked', () => {
    const ticked = foldOne(EMPTY_FOLD, { kind: 'tick', by, at: 1, note: null, overProbe: true })
    expect(changed(decide({ fold: ticked }, saw(200)))).toMatchObject({ state: 'passed', grade: 'observed' })
    const down = changed(decide({ fold: ticked }, saw(503)))
    expect(down).toMatchObject({ state: 'failed', grade: 'unproven' })
    expect(down.fold?.tick).not.toBeNull()
  })

  it('stales nobody when it sees the same again', () => {
    for (const status of [200, 503])
      expect(changed(decide({ fold: foldOf(status) }, saw(status)))).toMatchObject({
        actions: ['run.probe_observed'],
        stale: [],
      })
    expect(changed(decide({ fold: foldOf(200) }, saw(503))).stale).toEqual(['Developer'])
    expect(changed(decide({ fold: foldOf(503) }, saw(200))).stale).toEqual(['Developer'])
  })

  it('changes no state when it was inconclusive, and says so when it was blocked', () => {
    expect(changed(decide({ fold: foldOf(200) }, failed('dns')))).toMatchObject({
      state: 'passed',
      grade: 'observed',
      stale: [],
    })
    const blocked = decide({}, failed('blocked'))
    expect(changed(blocked)).toMatchObject({
      state: 'open',
      actions: ['run.probe_observed', 'run.probe_blocked'],
    })
    if (blocked.kind === 'changed')
      expect(blocked.entries[1]?.data).toEqual({ key: 'health', target: 'a.example:80', why: 'blocked!' })
  })

  it('names the address of every part of a composite that was blocked', () => {
    const { v, at, phases } = saw(200)
    const parts = [failed('blocked'), saw(200), failed('dns'), failed('blocked')].map((look, index) => ({
      name: `p${index}`,
      look: look as HttpObservation,
    }))
    const whole = { v, at, phases, configHash: hash, connection: null, error: null }
    const composite = { ...whole, kind: 'composite' as const, parts }
    const blocked = {
      action: 'run.probe_blocked',
      data: { key: 'health', target: 'a.example:80', why: 'blocked!' },
    }
    for (const seen of [composite, { ...whole, kind: 'window' as const, samples: [composite] }]) {
      const decision = decide({}, seen)
      if (decision.kind !== 'changed') throw new Error(decision.kind)
      expect(decision.entries.slice(1)).toEqual([blocked, blocked])
    }
  })

  it('stales nobody after Start', () => {
    expect(decide({ state: 'verifying' }, saw(200)).kind).toBe('refused')
    const deploying = facts({ state: 'deploying' })
    const item = { ...deploying.item, stage: 'deploy' as const }
    const context = {
      actor: system,
      now: NOW,
      newId: () => 'id',
      seq: 7,
      write: () => ({ textId: '', hash: '' }),
    }
    const decision = decideObservation({ ...deploying, item }, { fence: 2, observation: saw(503) }, context)
    expect(decision).toMatchObject({ kind: 'changed', change: { stale: [] } })
  })
})

describe('what the worker repeats by itself', () => {
  const again = { attempt: { isRepeat: true } }

  it('is logged apart while it is the same, and as news when it is not', () => {
    const quiet = changed(decide({ ...again, fold: foldOf(200) }, saw(200)))
    expect(quiet).toMatchObject({ actions: ['run.probe_confirmed'], state: 'passed' })
    expect(changed(decide({ fold: foldOf(200) }, saw(200))).actions).toEqual(['run.probe_observed'])
    expect(changed(decide({ ...again, fold: foldOf(200) }, saw(503))).actions).toEqual([
      'run.probe_observed',
      'run.signature_staled',
    ])
    expect(changed(decide({ ...again, fold: foldOf(200) }, failed('dns'))).actions).toEqual([
      'run.probe_observed',
    ])
    // The second pass after a regression ticks the item, though it is the same as the first.
    expect(changed(decide({ ...again, fold: foldOf(200, 503, 200) }, saw(200))).actions).toEqual([
      'run.probe_observed',
      'run.signature_staled',
    ])
  })
})

describe('a probe that was given up', () => {
  const attemptOf = (decision: ReturnType<typeof decide>) =>
    decision.kind === 'changed' ? [decision.change.attemptState, decision.change.repeated] : decision.kind

  it('is an error at its item, and its attempt stays lost', () => {
    const lost = decide({}, failed('lost'))
    expect(attemptOf(lost)).toEqual(['lost', false])
    expect(changed(lost)).toMatchObject({
      row: { outcome: 'error', verdict: 'inconclusive', line: 'lost!' },
      state: 'open',
      stale: [],
    })
    expect(attemptOf(decide({}, failed('dns')))).toEqual(['done', false])
    expect(attemptOf(decide({}, saw(200)))).toEqual(['done', false])
  })

  it('is news where the worker repeated it, also after another error', () => {
    const errored = decide({}, failed('dns'))
    const fold = errored.kind === 'changed' ? errored.change.items[0]?.fold : undefined
    const again = { attempt: { isRepeat: true }, ...(fold && { fold }) }
    expect(changed(decide(again, failed('dns'))).actions).toEqual(['run.probe_confirmed'])
    const lost = decide(again, failed('lost'))
    expect(changed(lost).actions).toEqual(['run.probe_observed'])
    expect(attemptOf(lost)).toEqual(['lost', false])
  })
})

describe('in shadow', () => {
  it('is recorded, and neither ticks nor fails nor stales anything', () => {
    for (const status of [200, 503])
      expect(changed(decide({ shadow: true }, saw(status)))).toMatchObject({
        row: { kind: 'shadow' },
        state: 'open',
        grade: 'unproven',
        actions: ['run.probe_shadowed'],
        stale: [],
      })
    const ticked = foldOne(EMPTY_FOLD, { kind: 'tick', by, at: 1, note: null, overProbe: false })
    expect(changed(decide({ shadow: true, fold: ticked }, saw(503)))).toMatchObject({
      state: 'passed',
      grade: 'claimed',
      stale: [],
    })
  })
})

describe('what is not taken', () => {
  const notApplicable = foldOne(EMPTY_FOLD, {
    kind: 'not_applicable',
    by,
    at: 1,
    reason: { textId: 't', hash: 'h' },
  })

  it.each([
    ['another fence', {}, saw(200), 1, 'attempt_over'],
    ['a cancelled attempt', { attempt: { state: 'cancelled' } }, saw(200), 2, 'attempt_over'],
    ['one that is done', { attempt: { state: 'done' } }, saw(200), 2, 'attempt_over'],
    ['a run that is over', { state: 'aborted' }, saw(200), 2, 'not_wanted'],
    ['an item marked n/a', { fold: notApplicable }, saw(200), 2, 'not_wanted'],
    ['a look that was broken off', {}, failed('cancelled'), 2, 'not_wanted'],
    ['a look with another configuration', {}, { ...saw(200), configHash: 'f'.repeat(64) }, 2, 'not_wanted'],
  ] as [string, More, Observation, number, string][])('%s', (_, more, observation, fence, code) => {
    expect(decide(more, observation, fence)).toMatchObject({ kind: 'refused', refusal: { code } })
  })
})
