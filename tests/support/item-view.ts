import type { ItemView } from '#lib/runs/board.ts'

const NOTHING = {
  tick: false,
  untick: false,
  fail: false,
  notApplicable: false,
  verify: false,
  witness: false,
  note: false,
  attach: false,
  probe: false,
  notify: false,
}

/** An open item of the prepare stage that nobody may touch; each test says what differs. */
export function itemView({
  can,
  ...more
}: Partial<Omit<ItemView, 'can'>> & { can?: Partial<ItemView['can']> } = {}): ItemView {
  return {
    id: 'id',
    key: 'one',
    kind: 'item',
    ordinal: 1,
    sectionKey: 'code',
    stage: 'prepare',
    text: 'Tests pass',
    detail: null,
    commands: null,
    required: true,
    ownerRole: null,
    minGrade: 'unproven',
    needsNote: false,
    factKey: null,
    state: 'open',
    grade: 'unproven',
    tooOld: false,
    freshUntil: null,
    line: null,
    by: null,
    at: null,
    notes: [],
    attachments: [],
    version: 0,
    seq: 0,
    probe: null,
    shadow: null,
    notice: null,
    failing: false,
    unasked: null,
    attempt: null,
    tickNeedsNote: false,
    untickNeedsReason: false,
    why: {},
    ...more,
    can: { ...NOTHING, ...can },
  }
}
