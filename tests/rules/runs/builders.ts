import type { Evidence } from '#lib/runs/evidence.ts'
import { fold } from '#lib/runs/fold.ts'
import type { RuleItem, RuleRun, RuleSignoff, RuleSlot } from '#lib/runs/run-facts.ts'

export const ANA = { memberId: 'ana', name: 'Ana' }
export const BO = { memberId: 'bo', name: 'Bo' }
export const NOW = Date.UTC(2026, 10, 23, 15)
const text = (id: string) => ({ textId: id, hash: `hash of ${id}` })

export const row = {
  tick: (more: Partial<Extract<Evidence, { kind: 'tick' }>> = {}): Evidence => ({
    kind: 'tick',
    by: ANA,
    at: NOW,
    note: null,
    overProbe: false,
    ...more,
  }),
  untick: (): Evidence => ({ kind: 'untick', by: ANA, at: NOW, reason: null }),
  fail: (by = ANA): Evidence => ({ kind: 'fail', by, at: NOW, reason: text('fail') }),
  notApplicable: (by = ANA): Evidence => ({ kind: 'not_applicable', by, at: NOW, reason: text('n/a') }),
  verify: (by = BO): Evidence => ({ kind: 'verify_not_applicable', by, at: NOW }),
  witness: (by = BO): Evidence => ({ kind: 'witness', by, at: NOW }),
  note: (): Evidence => ({ kind: 'note', by: BO, at: NOW, note: text('note') }),
  seen: (verdict: 'pass' | 'fail' | 'inconclusive', more: { at?: number; id?: string } = {}): Evidence => ({
    kind: 'observation',
    at: more.at ?? NOW,
    observationId: more.id ?? 'one',
    outcome: verdict,
    verdict,
    line: `saw ${verdict}`,
    configHash: 'c',
  }),
  shadow: (verdict: 'pass' | 'fail' | 'inconclusive'): Evidence => ({
    kind: 'shadow',
    at: NOW,
    observationId: 'shadow',
    outcome: verdict,
    verdict,
    line: `saw ${verdict}`,
    configHash: 'c',
  }),
  void: (): Evidence => ({ kind: 'void', by: ANA, at: NOW }),
}

export function itemWith(rows: readonly Evidence[] = [], more: Partial<RuleItem> = {}): RuleItem {
  return {
    id: 'id',
    key: 'tests-pass',
    kind: 'item',
    ordinal: 0,
    sectionKey: 'code',
    stage: 'prepare',
    text: 'Tests pass',
    required: true,
    ownerRole: null,
    minGrade: 'unproven',
    shelfLifeSeconds: null,
    needsNote: false,
    probeHash: null,
    version: rows.length,
    fold: fold(rows),
    ...more,
  }
}

export function runWith(more: Partial<RuleRun> = {}): RuleRun {
  return {
    id: 'run',
    state: 'preparing',
    release: { version: 'v1', commit: '8f3c2d1', artifactDigest: null },
    author: null,
    templateHash: 't',
    windowStart: null,
    windowEnd: null,
    ...more,
  }
}

export function signoffWith(more: Partial<RuleSignoff> = {}): RuleSignoff {
  return {
    memberId: 'ana',
    name: 'Ana',
    decision: 'go',
    signedAt: NOW,
    staleReason: null,
    manifestHash: 'm',
    scopeDigest: 's',
    holdsRole: true,
    ...more,
  }
}

export function slotWith(more: Partial<RuleSlot> = {}): RuleSlot {
  return { role: 'Developer', scope: ['tests-pass'], standing: signoffWith(), ...more }
}
